import { AwsError } from './error.ts';
import type { RegionImage } from './image.ts';
import { matchesFilters } from './image-filters.ts';
import { imageXml } from './image-xml.ts';
import { pageOf } from './page.ts';
import { type QueryRequest, readBoolean, readFilters, readList } from './query-request.ts';
import type { XmlValue } from './xml.ts';

const ALIASES: readonly string[] = ['amazon', 'aws-marketplace', 'aws-backup-vault'];

/** Who asks, what there is in the region, and the time that deprecation is measured by. */
export interface ImageQuery {
  readonly account: string;
  readonly images: readonly RegionImage[];
  readonly now: Date;
}

/** The content of `<DescribeImagesResponse>`. Throws InvalidAMIID.Malformed, InvalidAMIID.NotFound and InvalidParameterValue. */
export function describeImages(request: QueryRequest, query: ImageQuery): XmlValue {
  const ids = readList(request, 'ImageId');
  const visible = query.images.filter((image) => mayUse(image, query.account));
  refuseUnknown(ids, visible);
  const matching = visible.filter((image) => selects(request, image, query));
  const page = pageOf(matching, request);
  return { imagesSet: page.items.map(({ image }) => imageXml(image)), nextToken: page.nextToken };
}

function mayUse({ image, sharedWith }: RegionImage, account: string): boolean {
  return image.Public || image.OwnerId === account || sharedWith.includes(account);
}

function refuseUnknown(ids: readonly string[], images: readonly RegionImage[]): void {
  const malformed = ids.find((id) => !/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id));
  if (malformed !== undefined) throw new AwsError('InvalidAMIID.Malformed', `Invalid id: "${malformed}"`);
  const unknown = ids.filter((id) => !images.some(({ image }) => image.ImageId === id));
  if (unknown.length === 0) return;
  const message =
    unknown.length === 1 ? `The image id '[${unknown[0]}]' does not exist` : `The image ids '[${unknown.join(', ')}]' do not exist`;
  throw new AwsError('InvalidAMIID.NotFound', message);
}

function selects(request: QueryRequest, candidate: RegionImage, { account, now }: ImageQuery): boolean {
  const { image } = candidate;
  const ids = readList(request, 'ImageId');
  // A deprecated AMI stays visible to its owner and to whoever names its id (EC2 user guide, "Deprecate an AMI").
  const named = ids.includes(image.ImageId) || image.OwnerId === account || readBoolean(request, 'IncludeDeprecated');
  const deprecated = image.DeprecationTime !== undefined && Date.parse(image.DeprecationTime) <= now.getTime();
  return (
    (ids.length === 0 || ids.includes(image.ImageId)) &&
    (named || !deprecated) &&
    ownedBy(readList(request, 'Owner'), candidate, account) &&
    executableBy(readList(request, 'ExecutableBy'), candidate, account) &&
    matchesFilters(image, readFilters(request))
  );
}

function ownedBy(owners: readonly string[], { image }: RegionImage, account: string): boolean {
  for (const owner of owners) {
    if (!/^\d{12}$/.test(owner) && owner !== 'self' && !ALIASES.includes(owner)) {
      throw new AwsError('InvalidUserID.Malformed', `Invalid user id: "${owner}"`);
    }
  }
  const wanted = owners.map((owner) => (owner === 'self' ? account : owner));
  return wanted.length === 0 || wanted.includes(image.OwnerId) || wanted.includes(image.ImageOwnerAlias ?? '');
}

function executableBy(users: readonly string[], { image, sharedWith }: RegionImage, account: string): boolean {
  if (users.length === 0) return true;
  return users.some((user) => (user === 'all' ? image.Public : sharedWith.includes(user === 'self' ? account : user)));
}
