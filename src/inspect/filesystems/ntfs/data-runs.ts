/** Clusters that lie together; without a place they are zeroes that take no room. */
export interface DataRun {
  readonly clusters: number;
  readonly place: number | undefined;
}

/** Runs of one attribute; more are taken for a broken one. */
const MOST_RUNS = 1_000_000;

/** The list of runs at a byte of an attribute: each says how many clusters, and how far from the one before. Throws RangeError for one that leaves the attribute. */
export function readDataRuns(bytes: Buffer, start: number): readonly DataRun[] {
  const runs: DataRun[] = [];
  let place = 0;
  for (let at = start; at < bytes.length && bytes.readUInt8(at) !== 0; ) {
    const widths = bytes.readUInt8(at);
    const [countWidth, placeWidth] = [widths & 15, widths >> 4];
    if (countWidth === 0 || countWidth > 6 || placeWidth > 6)
      throw new RangeError(`a run of clusters with widths ${countWidth} and ${placeWidth}`);
    const clusters = bytes.readUIntLE(at + 1, countWidth);
    if (placeWidth > 0) place += bytes.readIntLE(at + 1 + countWidth, placeWidth);
    if (place < 0) throw new RangeError(`a run of clusters at ${place}`);
    runs.push({ clusters, place: placeWidth === 0 ? undefined : place });
    if (runs.length > MOST_RUNS) throw new RangeError('too many runs of clusters');
    at += 1 + countWidth + placeWidth;
  }
  return runs;
}
