import type { ImageMatrix } from '../model/index.ts';

export const MATRIX_FORMATS = ['github', 'azure', 'gitlab', 'plain'] as const;
export type MatrixFormat = (typeof MATRIX_FORMATS)[number];

type Row = ImageMatrix['images'][number];

/** Where the child pipeline of GitLab finds the job that every image extends. */
export const GITLAB_JOB = { file: '.gitlab/regild-image.yml', name: '.regild-image' } as const;

/** The images as a CI system takes them: one line of JSON, or for `plain` one name a line. Reasons are left out: they hold texts of AMIs. */
export function renderMatrix({ images }: ImageMatrix, format: MatrixFormat): string {
  switch (format) {
    case 'github':
      return `${JSON.stringify({ include: images.map(variables) })}\n`;
    case 'azure':
      return `${JSON.stringify(Object.fromEntries(images.map((row, index) => [azureName(row, index), variables(row)])))}\n`;
    case 'gitlab':
      return `${JSON.stringify(childPipeline(images))}\n`;
    case 'plain':
      return images.map(({ image }) => `${image}\n`).join('');
  }
}

function variables({ image, awsRegion, subscription, location }: Row) {
  return { image, awsRegion, subscription, location };
}

/** Azure Pipelines takes letters, digits and `_`, a letter first; the number keeps `a-b` and `a.b` apart. */
function azureName({ image }: Row, index: number): string {
  return `image_${index + 1}_${image.replace(/[^a-z0-9]/g, '_')}`;
}

/** A pipeline with a job for each image, which builds an image once at a time; GitLab refuses one without a job. JSON is YAML. */
function childPipeline(images: readonly Row[]): object {
  if (images.length === 0) return { 'nothing to do': { script: ['echo "no image is to be built"'] } };
  const jobs = images.map(({ image, awsRegion, subscription, location }) => [
    `image ${image}`,
    {
      extends: GITLAB_JOB.name,
      variables: {
        IMAGE: image,
        ...(awsRegion === undefined ? {} : { AWS_REGION: awsRegion }),
        AZURE_SUBSCRIPTION_ID: subscription,
        AZURE_LOCATION: location,
      },
      resource_group: `regild-${image}`,
    },
  ]);
  return { include: [{ local: GITLAB_JOB.file }], ...Object.fromEntries(jobs) };
}
