const SECTOR = 512;

/**
 * A record or index block as it is meant: the last two bytes of each sector were replaced by a number that proves the whole was written, and are put back.
 * Throws RangeError for another signature, or a sector that was not written.
 */
export function withoutFixups(block: Buffer, signature: string): Buffer {
  const found = block.toString('latin1', 0, 4);
  if (found !== signature) throw new RangeError(`bad signature ${JSON.stringify(found)}`);
  const at = block.readUInt16LE(4);
  const sectors = Math.floor(block.length / SECTOR);
  if (block.readUInt16LE(6) !== sectors + 1 || at + (sectors + 1) * 2 > SECTOR - 2)
    throw new RangeError('its list of replaced bytes makes no sense');
  const restored = Buffer.from(block);
  for (let sector = 1; sector <= sectors; sector += 1) {
    const end = sector * SECTOR - 2;
    if (block.readUInt16LE(end) !== block.readUInt16LE(at)) throw new RangeError(`its sector ${sector - 1} was not written`);
    block.copy(restored, end, at + sector * 2, at + sector * 2 + 2);
  }
  return restored;
}
