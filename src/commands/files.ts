/** The files that verbs read and write themselves: run folders, manifest, lock file, and what a survey or an inspection is handed. Everything in Azure and AWS goes through `wire.ts`. */
export { append, appendingLines } from '../adapters/append.ts';
export { createArtifacts, listRuns } from '../adapters/artifacts.ts';
export { createAssets, readBytes, readText } from '../adapters/assets.ts';
export { type ImageFile, readImageFile } from '../adapters/aws/image-file.ts';
export { decodeText } from '../adapters/decode-text.ts';
export { createDiskFiles } from '../adapters/disk-file.ts';
export { createEventLog, tellAll } from '../adapters/event-log.ts';
export { requireNone } from '../adapters/fit-to-save.ts';
export { folderTree } from '../adapters/folder-tree.ts';
export { createRepository } from '../adapters/git.ts';
export { changeLockFile, readLockFile } from '../adapters/lock-file.ts';
export { parsedJson } from '../adapters/parsed-json.ts';
export { readLinesOf } from '../adapters/read-lines.ts';
export { type SavedReport, withReportFile } from '../adapters/report-file.ts';
export { bytesIn, removeGoing, removeRun } from '../adapters/run-folders.ts';
export { holderOf, holdingRun } from '../adapters/run-hold.ts';
export { writeNew } from '../adapters/write-new.ts';
export { writeWhole } from '../adapters/write-whole.ts';
