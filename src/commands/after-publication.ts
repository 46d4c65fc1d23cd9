import type { ImageSpec } from '../model/index.ts';

/** What the manifest wants of a version beyond its publication, each with the command line that does it: a build shares and copies nothing. */
export function afterPublication({ name, sharing, production }: Pick<ImageSpec, 'name' | 'sharing' | 'production'>): readonly string[] {
  if (production !== undefined) {
    const verb = production.automatic ? 'refresh' : 'promote';
    return [`\`regild ${verb} ${name}@production\` copies the version into the gallery ${production.target.gallery}`];
  }
  return sharing === undefined ? [] : [`\`regild refresh ${name}\` shares the gallery as \`sharing\` says, where it is not shared so yet`];
}
