import type { AmiFamily, NameRules } from '../catalog/schema.ts';
import type { Ami } from '../model/index.ts';
import { readable } from './ami-record.ts';
import type { NameGroups } from './name-groups.ts';

/** A distribution that a free text speaks of; low confidence always. */
export interface TextHint {
  readonly family: AmiFamily;
  readonly groups: NameGroups;
  readonly from: string;
  readonly observed: string;
}

/** What name, description and tags of a customised AMI say about its distribution: the first matching pattern of each family and text. */
export function textHints(ami: Ami, { families }: NameRules): readonly TextHint[] {
  const rules = families.filter(({ hints }) => hints.length > 0);
  return textsOf(ami).flatMap(({ from, text }) => {
    const observed = readable(text);
    return rules.flatMap(({ family, hints }) => {
      const found = hints.find((hint) => hint.test(observed))?.exec(observed);
      return found ? [{ family, groups: found.groups ?? {}, from, observed }] : [];
    });
  });
}

/** Name, description and tags of an AMI, each with the field it stands in. */
export function textsOf({ name, description, tags }: Ami): readonly { readonly from: string; readonly text: string }[] {
  const fields = [
    { from: 'Name', text: name ?? '' },
    { from: 'Description', text: description ?? '' },
  ];
  return [...fields, ...Object.entries(tags).map(([key, value]) => ({ from: `Tag ${readable(key)}`, text: value })), ...splitTags(tags)];
}

const SYSTEM_KEY = /^(?:os|operating[-_ ]?system|distro|distribution|platform)(?:[-_ .:]?(?:name|family|type))?$/i;
const VERSION_KEY = /^(?:os|operating[-_ ]?system|distro|distribution|platform)[-_ .:]?(?:version|release|ver)$/i;

/** Tags that say the system in one and its version in another, read as one text: `os: centos` and `os_version: 7.9`. */
function splitTags(tags: Ami['tags']): readonly { readonly from: string; readonly text: string }[] {
  const entries = Object.entries(tags);
  const system = entries.find(([key]) => SYSTEM_KEY.test(key.trim()));
  const version = entries.find(([key, value]) => VERSION_KEY.test(key.trim()) && /^\D{0,3}\d/.test(value.trim()));
  if (system === undefined || version === undefined) return [];
  return [
    {
      from: `Tags ${readable(system[0])} and ${readable(version[0])}`,
      text: `${system[1].trim()} ${version[1].trim().replace(/^v/i, '')}`,
    },
  ];
}
