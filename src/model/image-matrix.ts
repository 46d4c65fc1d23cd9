import * as z from 'zod';
import { artifact, list, record } from './schema.ts';

/** Images as jobs of their own, in the order in which they should start. */
export const ImageMatrix = artifact('ImageMatrix', {
  images: list(
    record({
      image: z.string(),
      /** Region of the AMI, for whoever signs in to AWS; absent where a disk or an inventory in a file is translated. */
      awsRegion: z.string().optional(),
      /** Where the image is built and published. */
      subscription: z.string(),
      location: z.string(),
      /** Why it is among them; empty where nothing was compared. */
      reasons: list(z.string()),
    }),
  ),
});
export type ImageMatrix = z.infer<typeof ImageMatrix>;
