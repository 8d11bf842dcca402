import { runsOf, SCRIPT_SIZE } from "../markup";

// Advance widths of Inter's ASCII, U+0020 to U+007E, in thousandths of the font size, from `hmtx` of
// the bundled TTF files. Kerning is left out.
const REGULAR = [
  281, 288, 466, 633, 642, 982, 644, 300, 365, 365, 501, 662, 288, 460, 288, 360, 631, 407, 610,
  618, 646, 593, 620, 566, 619, 620, 288, 302, 662, 662, 662, 511, 966, 690, 654, 730, 722, 601,
  590, 746, 743, 269, 571, 672, 565, 903, 753, 765, 639, 765, 644, 642, 646, 744, 690, 985, 682,
  679, 629, 365, 360, 365, 471, 456, 323, 562, 612, 571, 612, 583, 370, 613, 591, 242, 242, 549,
  242, 876, 591, 600, 612, 612, 376, 528, 327, 591, 562, 818, 546, 562, 552, 426, 333, 426, 662,
];
const SEMIBOLD = [
  252, 321, 523, 644, 650, 1004, 663, 326, 373, 373, 540, 673, 319, 465, 319, 379, 660, 423, 623,
  636, 666, 612, 640, 576, 640, 640, 319, 329, 673, 673, 673, 543, 999, 728, 659, 737, 722, 605,
  588, 749, 746, 277, 580, 703, 565, 922, 759, 769, 645, 773, 652, 650, 660, 736, 728, 1020, 720,
  713, 652, 373, 379, 373, 481, 469, 351, 574, 624, 583, 624, 591, 389, 625, 612, 262, 262, 569,
  262, 900, 612, 609, 624, 624, 397, 549, 353, 612, 587, 839, 569, 588, 566, 455, 359, 455, 673,
];
const OTHER = 680;
const FULL_WIDTH = 1000;
/** Marks that stand on the letter before them, and what draws nothing. */
const UNSPACED = /[\p{Mn}\p{Me}\p{Default_Ignorable_Code_Point}]/u;
/** What a line is broken between: words, and ideographs and kana with the punctuation that closes them. */
const PIECES =
  /\s+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][\p{M}ー々、。，．・：；！？）」』】〉》]*|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;

/** The font size in pixels, and its weight: 400 or 600. */
export interface TextStyle {
  readonly size: number;
  readonly weight?: 400 | 600;
}

/**
 * The width in pixels of one line of text in Inter, subscripts and superscripts included. Outside
 * ASCII each letter counts as a wide one (ideographs as a full square), so that room is rather too
 * large than too small.
 */
export function textWidth(text: string, { size, weight = 400 }: TextStyle): number {
  const table = weight === 400 ? REGULAR : SEMIBOLD;
  let thousandths = 0;
  for (const run of runsOf(text)) {
    const scale = run.level === "line" ? 1 : SCRIPT_SIZE;
    for (const letter of run.text) {
      if (UNSPACED.test(letter)) continue;
      const code = letter.codePointAt(0) as number;
      thousandths += scale * (table[code - 32] ?? (code >= 0x2e80 ? FULL_WIDTH : OTHER));
    }
  }
  return (thousandths * size) / 1000;
}

/** Breaks text at spaces, between ideographs, and at its own line breaks into lines no wider than `width` pixels; a longer word stays whole. */
export function wrapText(text: string, width: number, style: TextStyle): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let space = "";
    for (const piece of paragraph.trim().match(PIECES) ?? []) {
      if (piece.trim() === "") {
        space = " ";
        continue;
      }
      const longer = `${lines.at(-1) ?? ""}${space}${piece}`;
      if (lines.length > 0 && textWidth(longer, style) <= width) lines[lines.length - 1] = longer;
      else lines.push(piece);
      space = "";
    }
    return lines;
  });
}
