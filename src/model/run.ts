import type { OnError } from './on-error.ts';

const RUN_ID = /^(\d{4})(\d{2})(\d{2})t(\d{2})(\d{2})(\d{2})-[0-9a-f]{4}$/;

/** The id of a run that starts at a time: sorts by time, fits folder names, tags and Azure resource names. `digits` are four hexadecimal ones by chance. */
export function runIdOf(started: Date, digits: string): string {
  const time = started.toISOString().replace(/[-:]/g, '').slice(0, 15).toLowerCase();
  return `${time}-${digits}`;
}

/** True for what `runIdOf` gives. */
export function isRunId(text: string): boolean {
  return runTime(text) !== undefined;
}

/** When a run began, from its id (`20261121t081502-3f9a`); undefined for another name. */
export function runTime(runId: string): Date | undefined {
  const [, year, month, day, hour, minute, second] = RUN_ID.exec(runId) ?? [];
  return year === undefined ? undefined : parseTime(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** An ISO 8601 time in full; undefined for anything else. */
export function parseTime(text: string | undefined): Date | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(text)) return undefined;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** `2026-11-21 08:15Z`. */
export function toTheMinute(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')}Z`;
}

/** What identifies this run and ends it. */
export interface Run {
  /** Sorts by time and names folders, tags and temporary resources, for example 20261121t081502-3f9a. */
  readonly id: string;
  readonly started: Date;
  /** After this time a sweep may delete whatever the run left behind. */
  readonly deadline: Date;
  readonly signal: AbortSignal;
  /** What the command line says of machines in which something fails; absent = what the manifest says. */
  readonly onError?: OnError | undefined;
  /** Of regild, for example 1.2.0. */
  readonly toolVersion: string;
  /** Names of the clouds spoken to; `simulated` when they are the sandbox's. */
  readonly clouds: { readonly aws: string; readonly azure: string; readonly simulated: boolean };
}

/** Milliseconds: a sweep may delete what a run left behind a day after it could have ended. */
export const RUN_LIFETIME = 86_400_000;
