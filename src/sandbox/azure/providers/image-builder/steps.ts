import type { SourceImage } from '../source-image.ts';
import { refused } from './problem.ts';
import type { Customizer, TemplateProperties, Validator } from './schema.ts';

const WINDOWS_ONLY: readonly string[] = ['PowerShell', 'WindowsRestart', 'WindowsUpdate'];

/** Checks that the steps fit the source's operating system and have something to run. Throws with the provisioning error code. */
export function checkSteps({ customize = [], validate }: TemplateProperties, { osType }: SourceImage): void {
  for (const step of customize) checkStep(step, osType, 'Customizer');
  for (const step of validate?.inVMValidations ?? []) checkStep(step, osType, 'Validator');
}

function checkStep(step: Customizer | Validator, osType: string, kind: 'Customizer' | 'Validator'): void {
  const label = `${kind.toLowerCase()} '${step.name ?? step.type}'`;
  const wrong = osType === 'Windows' ? step.type === 'Shell' : WINDOWS_ONLY.includes(step.type);
  if (wrong) throw refused(`Unsupported${kind}Type`, `The ${label} has type '${step.type}', which is not supported on ${osType}.`);
  if (step.type === 'Shell' || step.type === 'PowerShell') checkScript(step, label, kind);
  if (step.type === 'File') checkFile(step, osType, label, kind);
}

function checkScript({ inline, scriptUri }: Extract<Customizer, { type: 'Shell' | 'PowerShell' }>, label: string, kind: string): void {
  if ((inline?.length ?? 0) > 0 !== (scriptUri !== undefined)) return;
  throw refused(`No${kind}Script`, `The ${label} must have exactly one of 'inline' and 'scriptUri'.`);
}

function checkFile({ sourceUri, destination }: Extract<Customizer, { type: 'File' }>, osType: string, label: string, kind: string): void {
  if (!sourceUri || !destination) throw refused(`No${kind}Script`, `The ${label} must have 'sourceUri' and 'destination'.`);
  if (osType === 'Linux' && !destination.startsWith('/tmp')) {
    throw refused('Other', `The ${label} writes to '${destination}': on Linux the destination must be under /tmp.`);
  }
}
