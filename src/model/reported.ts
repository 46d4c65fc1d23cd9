import type * as z from 'zod';
import { ReportedProvisioner, reportedProvisioner } from '../guest/steps/index.ts';
import { Analysis } from './analysis.ts';
import { BuildPlan } from './build-plan.ts';
import { InventoryOutline, outlineOf } from './inventory-outline.ts';
import { RenderedTemplate } from './rendered-template.ts';
import { list } from './schema.ts';
import { FileReference, referenceTo } from './text-file.ts';
import { ValidationReport } from './validation-report.ts';

/** An analysis with an outline of what is on the disk; the whole lies in the run folder. */
export const ReportedAnalysis = Analysis.unwrap().extend({ inventory: InventoryOutline.optional() }).readonly();
export type ReportedAnalysis = z.infer<typeof ReportedAnalysis>;

export function reportedAnalysis({ inventory, ...analysis }: Analysis): ReportedAnalysis {
  return inventory === undefined ? analysis : { ...analysis, inventory: outlineOf(inventory) };
}

/** A validation with an outline of what the image holds; the whole lies in the run folder and in the version's record. */
export const ReportedValidation = ValidationReport.unwrap().extend({ inventory: InventoryOutline.optional() }).readonly();
export type ReportedValidation = z.infer<typeof ReportedValidation>;

export function reportedValidation({ inventory, ...validation }: ValidationReport): ReportedValidation {
  return inventory === undefined ? validation : { ...validation, inventory: outlineOf(inventory) };
}

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
