/** A value that may be absent, as a list of one or none. */
export function asList<Value>(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : [value];
}
