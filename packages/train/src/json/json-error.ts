/** Text that is not JSON of the kind that is read; the message completes "config.json cannot be read". */
export class JsonError extends RangeError {
  override name = "JsonError";
}
