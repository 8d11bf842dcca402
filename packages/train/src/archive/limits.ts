/** The most that an archive may be or become. */
export interface ArchiveLimits {
  /** Bytes of the archive. */
  packed: number;
  /** Files and folders in it. */
  entries: number;
  /** Bytes of one file, unpacked. */
  entry: number;
  /** Bytes of all files, unpacked. */
  total: number;
  /** Bytes unpacked over bytes packed, of one file; metrics compress by about 10. */
  ratio: number;
}

/**
 * Far above any run of the presets, whose checkpoints have at most 6 MB, and below what a page's
 * memory holds. Deflate itself cannot exceed a ratio of 1032.
 */
export const archiveLimits: ArchiveLimits = {
  packed: 2 ** 30,
  entries: 5_000,
  entry: 2 ** 29,
  total: 2 ** 30,
  ratio: 200,
};
