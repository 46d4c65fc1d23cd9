import { armError } from '../../errors.ts';

/** The rules are those of shared-image-galleries.md and troubleshooting-shared-images.md (MicrosoftDocs/azure-compute-docs) and of the API descriptions. */
const GALLERY = /^[A-Za-z0-9]([A-Za-z0-9_.]{0,78}[A-Za-z0-9])?$/;
const DEFINITION = /^[^_\W][\w\-._]{0,79}(?<![-.])$/;
const PART_LENGTH = { publisher: 128, offer: 64, sku: 64 } as const;
const LARGEST_INTEGER = 2_147_483_647;

/** Checks a gallery's name. Throws InvalidParameter. */
export function checkGalleryName(name: string): void {
  if (GALLERY.test(name)) return;
  const text =
    'Gallery name is invalid. Allowed characters are English alphanumeric characters, with underscores, and periods allowed in the middle, up to 80 characters total. All other special characters, including dashes, are disallowed.';
  throw armError(400, 'InvalidParameter', text, 'galleryName');
}

/** Checks an image definition's name. Throws InvalidParameter. */
export function checkDefinitionName(name: string): void {
  if (name.length <= 80 && DEFINITION.test(name)) return;
  throw armError(
    400,
    'InvalidParameter',
    `The entity name '${name}' is invalid according to its validation rule: ${DEFINITION.source}.`,
    'galleryImageName',
  );
}

/** Checks publisher, offer and SKU. Throws InvalidParameter for the first that does not fit. */
export function checkIdentifier(identifier: { readonly publisher: string; readonly offer: string; readonly sku: string }): void {
  for (const part of ['publisher', 'offer', 'sku'] as const) {
    const value = identifier[part];
    if (/^[A-Za-z0-9\-._]*[A-Za-z0-9\-_]$/.test(value) && value.length <= PART_LENGTH[part]) continue;
    const path = `galleryImage.properties.identifier.${part}`;
    const text = `Asset name ${path} is not valid. It cannot be empty. Allowed characters are uppercase or lowercase letters, digits, hyphen(-), period (.), underscore (_). Names are not allowed to end with period(.). The length of the name cannot exceed ${PART_LENGTH[part]} characters.`;
    throw armError(400, 'InvalidParameter', text, path);
  }
}

/** Checks an image version's name: Major.Minor.Patch, each within 32 bits. Throws InvalidParameter. */
export function checkVersionName(name: string): void {
  const parts = /^(\d+)\.(\d+)\.(\d+)$/.exec(name)?.slice(1).map(Number);
  if (parts?.every((part) => part <= LARGEST_INTEGER)) return;
  const text =
    'The image version name is invalid. The image version name should follow Major(int).Minor(int).Patch(int) format, for e.g: 1.0.0, 2018.12.1 etc.';
  throw armError(400, 'InvalidParameter', text, 'galleryImageVersionName');
}
