import type { Component } from '../../src/catalog/schema.ts';

const NOTHING: Component['detect'] = {
  deb: [],
  rpm: [],
  snap: [],
  pip: [],
  services: [],
  paths: [],
  users: [],
  programs: [],
  registry: [],
};

/** A Linux component that nothing finds, with the given fields in place of its own. */
export function aComponent({
  detect,
  ...fields
}: Omit<Partial<Component>, 'detect'> & { readonly detect?: Partial<Component['detect']> }): Component {
  return {
    id: 'thing',
    title: 'A thing',
    os: 'linux',
    kind: 'agent',
    policy: 'remove',
    phase: 'remove-aws',
    leftover: 'warn',
    detect: { ...NOTHING, ...detect },
    removePaths: [],
    notes: [],
    source: ['test'],
    verified: '2026-10-01',
    ...fields,
  };
}
