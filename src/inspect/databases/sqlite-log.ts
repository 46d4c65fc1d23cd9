const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** Magic of a write-ahead log; the last bit is about its checksums. */
const MAGICS = [0x377f0682, 0x377f0683];

/**
 * A database with the committed pages of its write-ahead log put in their places, as SQLite itself would at the next opening
 * (https://www.sqlite.org/fileformat2.html#the_write_ahead_log). Frames of an earlier round, which carry other salts, are left out.
 */
export function applyLog(database: Uint8Array, log: Uint8Array): Uint8Array {
  if (log.length < HEADER_BYTES) return database;
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength);
  const pageBytes = view.getUint32(8);
  if (!MAGICS.includes(view.getUint32(0)) || pageBytes < 512 || pageBytes > 65_536) return database;
  const frameBytes = FRAME_HEADER_BYTES + pageBytes;
  const salts = view.getBigUint64(16);
  const whole = Math.floor((log.length - HEADER_BYTES) / frameBytes);
  const starts = Array.from({ length: whole }, (_, index) => HEADER_BYTES + index * frameBytes);
  const stale = starts.findIndex((at) => view.getBigUint64(at + 8) !== salts);
  const valid = stale < 0 ? starts : starts.slice(0, stale);
  const committed = valid.slice(0, valid.findLastIndex((at) => view.getUint32(at + 4) !== 0) + 1);
  const pages = committed.map((at) => ({ page: view.getUint32(at), content: log.subarray(at + FRAME_HEADER_BYTES, at + frameBytes) }));
  return withPages(database, pages, pageBytes);
}

interface Page {
  /** From 1 on. */
  readonly page: number;
  readonly content: Uint8Array;
}

/** The database grows by no more than the pages that the log holds. */
function withPages(database: Uint8Array, pages: readonly Page[], pageBytes: number): Uint8Array {
  const most = Math.floor(database.length / pageBytes) + pages.length;
  const known = pages.filter(({ page }) => page >= 1 && page <= most);
  const length = Math.max(database.length, ...known.map(({ page }) => page * pageBytes));
  const whole = new Uint8Array(length);
  whole.set(database);
  for (const { page, content } of known) whole.set(content, (page - 1) * pageBytes);
  return whole;
}
