/** stripe.ts <image> <bytes of a stripe> <device> <offset> [<device> <offset>…] — writes an image in turns to several places, as a striped volume lies. */
import { open } from 'node:fs/promises';

const [image = '', stripeText = '', ...rest] = process.argv.slice(2);
const stripe = Number(stripeText);
const places = await Promise.all(
  Array.from({ length: rest.length / 2 }, async (_, index) => ({
    file: await open(rest[index * 2] ?? '', 'r+'),
    offset: Number(rest[index * 2 + 1]),
  })),
);
const source = await open(image);
const { size } = await source.stat();
const buffer = Buffer.alloc(stripe);
for (let turn = 0; turn * stripe < size; turn += 1) {
  const place = places[turn % places.length];
  if (!place) throw new Error('no place to write to');
  await source.read(buffer, 0, stripe, turn * stripe);
  await place.file.write(buffer, 0, stripe, place.offset + Math.floor(turn / places.length) * stripe);
}
for (const { file } of places) await file.close();
await source.close();
