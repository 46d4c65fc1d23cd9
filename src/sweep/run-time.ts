const RUN_ID = /^(\d{4})(\d{2})(\d{2})t(\d{2})(\d{2})(\d{2})-/;

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
