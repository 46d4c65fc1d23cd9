import type { z } from 'zod';
import { ReportedProvisioner, reportedProvisioner } from '../guest/steps/index.ts';
import { BuildPlan } from './build-plan.ts';
import { RenderedTemplate } from './rendered-template.ts';
import { list } from './schema.ts';
import { FileReference, referenceTo } from './text-file.ts';

/** A plan without the contents of its files, which are most of it and lie in the run folder. */
export const ReportedPlan = BuildPlan.unwrap()
  .extend({ provisioners: list(ReportedProvisioner), guestFiles: list(FileReference) })
  .readonly();
export type ReportedPlan = z.infer<typeof ReportedPlan>;

/** What a plan and its report agree on. */
export type PlanOutline = Omit<BuildPlan, 'provisioners' | 'guestFiles'>;

export function reportedPlan(plan: BuildPlan): ReportedPlan {
  return { ...plan, provisioners: plan.provisioners.map(reportedProvisioner), guestFiles: plan.guestFiles.map(referenceTo) };
}

/** A rendered template without the contents of its files. */
export const ReportedTemplate = RenderedTemplate.unwrap()
  .extend({ files: list(FileReference) })
  .readonly();
export type ReportedTemplate = z.infer<typeof ReportedTemplate>;

export function reportedTemplate(template: RenderedTemplate): ReportedTemplate {
  return { ...template, files: template.files.map(referenceTo) };
}
