import { compareText } from '../../model/index.ts';
import { compareDebVersion } from '../databases/deb-version.ts';
import { compareEvr, parseEvr } from '../databases/rpm-version.ts';

/** Negative where `left` is older than `right`, in the order of the package manager; plain numbers part by part for the rest. */
export function comparePackageVersions(manager: string, left: string, right: string): number {
  switch (manager) {
    case 'deb':
      return compareDebVersion(left, right);
    case 'rpm':
      return compareEvr(parseEvr(left), parseEvr(right));
    default:
      return compareEvr(parseEvr(left), parseEvr(right)) || compareText(left, right);
  }
}
