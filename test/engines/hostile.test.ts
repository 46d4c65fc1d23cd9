import { describe, expect, test } from 'vitest';
import { imageBuilder } from '../../src/engines/image-builder/index.ts';
import { packer } from '../../src/engines/packer/index.ts';
import type { BuildPlan } from '../../src/model/index.ts';
import { fakeAssets, linuxPlan, packerPlan, sha256, windowsPlan } from './fixtures.ts';
import { goTemplateOutput, parseHcl } from './parse-hcl.ts';

const EVIL = '${env("PATH")}"; rm -rf / # %{ if true }{{ env `HOME` }}\n\'; reboot; \'\u202E\\ REGILD_1 ’';

/** A plan with the same evil text wherever people or AMIs can bring one in. */
function evil(plan: BuildPlan): BuildPlan {
  return {
    ...plan,
    tags: { 'ami-name': EVIL, [EVIL]: 'x' },
    base: { ...plan.base, urn: { publisher: EVIL, offer: EVIL, sku: EVIL, version: EVIL } },
    provisioners: [
      { kind: 'packages', id: EVIL, title: EVIL, phase: 'customize', names: [EVIL] },
      {
        kind: 'file',
        id: EVIL,
        title: EVIL,
        phase: 'customize',
        from: EVIL,
        to: EVIL,
        content: `REGILD_1\n'@\n${EVIL}\n`,
        sha256: sha256(EVIL),
      },
      { kind: 'shell', id: EVIL, title: EVIL, phase: 'customize', lines: [EVIL] },
      { kind: 'powershell', id: EVIL, title: EVIL, phase: 'customize', lines: [EVIL] },
    ],
  };
}

describe('Image Builder', () => {
  test.each([linuxPlan(), windowsPlan()])('keeps evil text as data on $os.family', async (plan) => {
    const [file] = await imageBuilder.render(evil(plan), fakeAssets());
    const { tags, properties } = JSON.parse(file?.content ?? '');
    expect(tags).toEqual({ 'ami-name': EVIL, [EVIL]: 'x' });
    expect(properties.source).toMatchObject({ publisher: EVIL, offer: EVIL, sku: EVIL, version: EVIL });
    const lines: readonly string[] = properties.customize.flatMap(({ inline }: { inline?: readonly string[] }) => inline ?? []);
    expect(lines.filter((line) => line.includes('{{'))).toEqual([]);
    expect(lines.filter((line) => line === 'REGILD_1').length).toBe(lines.filter((line) => line.includes("<< 'REGILD_1'")).length);
  });
});

describe('Packer', () => {
  test('keeps evil text as data', async () => {
    const files = await packer.render(evil(packerPlan()), fakeAssets());
    const [build, source] = await Promise.all(files.slice(0, 2).map(({ path, content }) => parseHcl(path, content)));
    const azure = { publisher: EVIL, offer: EVIL, sku: EVIL, version: EVIL };
    expect(source).toMatchObject({
      source: {
        'azure-arm': {
          image: [
            {
              image_publisher: expect.toSatisfy((value) => goTemplateOutput(value) === azure.publisher),
              image_version: expect.toSatisfy((value) => goTemplateOutput(value) === azure.version),
              azure_tags: expect.toSatisfy((tags) => {
                const read = Object.fromEntries(
                  Object.entries(tags).map(([name, value]) => [goTemplateOutput(name), goTemplateOutput(String(value))]),
                );
                return read['ami-name'] === EVIL && read[EVIL] === 'x';
              }),
            },
          ],
        },
      },
    });
    const provisioners = Object.values(Object(build).build[0].provisioner).flat() as readonly {
      name?: string;
      inline?: readonly string[];
    }[];
    expect(provisioners.map(({ name }) => name)).toEqual([undefined, "put the guest's files in place", EVIL, EVIL, EVIL]);
    expect(provisioners.flatMap(({ inline }) => inline ?? []).filter((line) => line.includes('{{'))).toEqual([]);
  });

  test('files are in the guest folder as they were', async () => {
    const files = await packer.render(evil(windowsPlan({ engine: 'packer' })), fakeAssets());
    const contents = files.filter(({ path }) => path.startsWith('guest/steps/')).map(({ content }) => content);
    expect(contents).toEqual([`REGILD_1\n'@\n${EVIL}\n`, `\uFEFF$ErrorActionPreference = 'Stop'\n${EVIL}\n`]);
  });
});
