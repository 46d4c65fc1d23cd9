/** What the named groups of a family's pattern captured in a name or text; the schema says what each one means. */
export interface NameGroups {
  readonly version?: string | undefined;
  readonly minor?: string | undefined;
  readonly versionSuffix?: string | undefined;
  readonly codename?: string | undefined;
  readonly arch?: string | undefined;
  readonly variant?: string | undefined;
  readonly distro?: string | undefined;
  readonly virtualization?: string | undefined;
  readonly prerelease?: string | undefined;
  readonly sqlVersion?: string | undefined;
  readonly sqlEdition?: string | undefined;
  readonly language?: string | undefined;
}
