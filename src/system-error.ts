import { RegildError } from './errors.ts';

/** What the operating system means by its codes (POSIX, errno.h), and what helps. */
const REFUSALS: Readonly<Record<string, readonly [cause: string, cure: string]>> = {
  EACCES: ['permission is missing', 'give the user of this process access to it, or name another place'],
  EPERM: ['the system does not allow it', 'give the user of this process access to it, or name another place'],
  ENOSPC: ['the disk is full', 'make room, then go on with --resume'],
  EDQUOT: ['the quota of the disk is used up', 'make room, then go on with --resume'],
  EROFS: ['the file system is read-only', 'name a place that can be written to'],
  EIO: ['the device fails', 'look at the disk, or name another place'],
  ESTALE: ['the server of its folder knows it no more', 'mount the folder again, then go on with --resume'],
  EBUSY: ['another program holds it', 'end that program, or name another place'],
  EFBIG: ['the file would be longer than the system allows', 'raise the limit (`ulimit -f`), or name another place'],
  ENFILE: ['the system has too many files open', 'end other programs, or raise its limit'],
  ENOTDIR: ['a file stands where a folder is needed', 'move the file away, or name another place'],
  EISDIR: ['a folder stands where a file is needed', 'move the folder away, or name another place'],
  ENAMETOOLONG: ['the path is too long', 'name a shorter one'],
  ELOOP: ['its links lead in a circle', 'mend the links'],
  EMFILE: ['too many files are open', 'raise the limit (`ulimit -n`)'],
  EADDRINUSE: ['the address is in use', 'end the program that listens there, or choose another port'],
  EADDRNOTAVAIL: ['this machine has no such address', 'choose another address'],
};

/** What Node says of folders to be made below one that is read-only; elsewhere a file that is missing is nobody's refusal. */
const NOT_MADE = ['the folder above it cannot be written to', 'name a place that can be written to'] as const;

/** A refusal of the operating system as SYSTEM_REFUSED, with the file or the address; undefined for any other failure. */
export function fromSystem(failure: unknown): RegildError | undefined {
  if (!(failure instanceof Error) || !('code' in failure) || !('syscall' in failure)) return undefined;
  const { code, syscall, path, dest, address, port } = failure as NodeJS.ErrnoException &
    Readonly<Record<'dest' | 'address' | 'port', unknown>>;
  const refusal = code === undefined ? undefined : syscall === 'mkdir' && code === 'ENOENT' ? NOT_MADE : REFUSALS[code];
  if (refusal === undefined) return undefined;
  const place = port === undefined ? (dest ?? path) : `${address ?? ''}:${port}`;
  const [cause, cure] = refusal;
  return new RegildError('SYSTEM_REFUSED', `could not ${syscall} ${place ?? 'a file'}: ${cause} (${code})`, { hint: cure, cause: failure });
}
