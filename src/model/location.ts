/** An Azure location as ARM's `name` has it, lower case without spaces: `West Europe` becomes `westeurope`. */
export function normalLocation(location: string): string {
  return location.replaceAll(' ', '').toLowerCase();
}
