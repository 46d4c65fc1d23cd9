import { type ArmError, armError } from '../../errors.ts';
import { changeNotAllowed } from './rules.ts';
import type { Change, DefinitionProperties } from './schema.ts';

type Feature = NonNullable<DefinitionProperties['features']>[number];

/** From this api-version on a new definition is Gen2 and TrustedLaunchSupported unless it says otherwise (shared-image-galleries.md). */
const SECURE_BY_DEFAULT_SINCE = '2025-03-03';

/** The features that a definition may have and their values; `undefined` takes any. */
const FEATURES: Readonly<Record<string, readonly string[] | undefined>> = {
  SecurityType: [
    'Standard',
    'TrustedLaunch',
    'TrustedLaunchSupported',
    'ConfidentialVM',
    'ConfidentialVMSupported',
    'TrustedLaunchAndConfidentialVmSupported',
  ],
  DiskControllerTypes: ['SCSI', 'NVMe', 'SCSI,NVMe', 'NVMe,SCSI'],
  IsAcceleratedNetworkSupported: ['True', 'False'],
  IsHibernateSupported: ['True', 'False'],
  IsSecureBootSupported: ['True', 'False'],
};

/** What the service fills in for a new definition. */
export function withDefaults(properties: DefinitionProperties, apiVersion: string): DefinitionProperties {
  const secure = apiVersion >= SECURE_BY_DEFAULT_SINCE;
  const hyperVGeneration = properties.hyperVGeneration ?? (secure ? 'V2' : 'V1');
  const features = properties.features ?? [];
  const trusted = secure && hyperVGeneration === 'V2' && !features.some(({ name }) => name === 'SecurityType');
  const added = trusted ? [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }] : [];
  return { ...properties, hyperVGeneration, architecture: properties.architecture ?? 'x64', features: [...features, ...added] };
}

/** Checks a definition with its defaults: Arm64 and the features that need UEFI are Gen2, feature names and values are known. Throws InvalidParameter. */
export function checkDefinition(properties: DefinitionProperties): void {
  const { hyperVGeneration, architecture, features } = properties;
  if (architecture === 'Arm64' && hyperVGeneration !== 'V2') {
    throw invalid(`Architecture 'Arm64' is only supported for Hyper-V generation 'V2', not for '${hyperVGeneration}'.`, 'architecture');
  }
  for (const feature of features ?? []) checkFeature(feature, hyperVGeneration ?? 'V1');
  checkRange(properties, 'vCPUs');
  checkRange(properties, 'memory');
}

function checkFeature({ name, value }: Feature, generation: string): void {
  if (!Object.hasOwn(FEATURES, name)) throw invalid(`The feature '${name}' is not supported.`, 'features');
  const known = FEATURES[name]?.some((each) => each.toLowerCase() === value.replaceAll(' ', '').toLowerCase());
  if (!known) throw invalid(`The value '${value}' of feature '${name}' is not supported.`, 'features');
  const needsUefi = (name === 'SecurityType' && value !== 'Standard') || (name === 'DiskControllerTypes' && /nvme/i.test(value));
  if (needsUefi && generation !== 'V2') {
    throw invalid(
      `The feature '${name}' with value '${value}' is only supported for Hyper-V generation 'V2', not for '${generation}'.`,
      'features',
    );
  }
}

function checkRange({ recommended }: DefinitionProperties, name: 'vCPUs' | 'memory'): void {
  const { min, max } = recommended?.[name] ?? {};
  if (min === undefined || max === undefined || min <= max) return;
  throw invalid(`The minimum value of '${name}' must not be greater than the maximum value of '${name}'.`, `recommended.${name}`);
}

/**
 * Checks that an update leaves alone what is fixed once a definition exists; a property that it does not name stays as it is. Features may change only
 * with `allowUpdateImage`, and each new one says from which version on. Throws PropertyChangeNotAllowed.
 */
export function checkDefinitionChange(before: DefinitionProperties, wanted: Change<DefinitionProperties>): void {
  for (const name of ['osType', 'osState', 'hyperVGeneration', 'architecture'] as const) {
    if (wanted[name] && wanted[name] !== before[name]) throw changeNotAllowed(`galleryImage.properties.${name}`);
  }
  for (const part of ['publisher', 'offer', 'sku'] as const) {
    if (wanted.identifier && wanted.identifier[part] !== before.identifier[part])
      throw changeNotAllowed('galleryImage.properties.identifier');
  }
  if (wanted.purchasePlan && planText(wanted) !== planText(before)) throw changeNotAllowed('galleryImage.properties.purchasePlan');
  if (wanted.features && changedFeatures(before.features ?? [], wanted.features) && !wanted.allowUpdateImage) {
    throw changeNotAllowed('galleryImage.properties.features');
  }
}

function planText({ purchasePlan }: Change<DefinitionProperties>): string {
  return [purchasePlan?.publisher, purchasePlan?.product, purchasePlan?.name].join(':');
}

function changedFeatures(before: readonly Feature[], wanted: readonly Feature[]): boolean {
  const texts = (features: readonly Feature[]) => features.map(({ name, value }) => `${name}=${value.replaceAll(' ', '')}`).sort();
  return texts(before).join() !== texts(wanted).join();
}

function invalid(message: string, property: string): ArmError {
  return armError(400, 'InvalidParameter', message, `galleryImage.properties.${property}`);
}
