import { type ProgressEvent, tickingDuration } from '../../model/index.ts';
import type { Progress } from '../../ports.ts';
import { painter } from '../../terminal/paint.ts';
import { eventLine } from './event-line.ts';
import { type Area, liveView } from './live-view.ts';
import { advance, type ConsoleState } from './state.ts';

export interface ConsoleOptions {
  /** Where progress goes: stderr, since stdout carries results. */
  readonly stream: NodeJS.WriteStream;
  readonly mode: 'live' | 'lines' | 'silent';
  readonly color: boolean;
}

export interface ConsoleProgress extends Progress {
  /** Draws nothing while somebody types. */
  readonly view: { readonly pause: () => void; readonly resume: () => void };
  /** Writes a text where it stays, above what is drawn. */
  say(text: string): void;
  /** Draws the last state for good and lets the process end. */
  close(): void;
}

/** Silence is longer than this only when nothing moves: CI systems end jobs that stay quiet. */
const HEARTBEAT_MILLISECONDS = 60_000;
const FRAME_MILLISECONDS = 100;

/** A view that draws over nothing. */
const STILL = { pause: () => {}, resume: () => {} } as const;

/** Progress for a person at a terminal (a live list), for a log (timestamped lines with a heartbeat), or for nobody. */
export async function createConsole(options: ConsoleOptions): Promise<ConsoleProgress> {
  switch (options.mode) {
    case 'silent':
      return { emit: () => {}, view: STILL, say: (text) => void options.stream.write(text), close: () => {} };
    case 'lines':
      return createLines(options);
    case 'live':
      return createLive(options);
  }
}

function createLines({ stream }: ConsoleOptions): ConsoleProgress {
  let state: ConsoleState = [];
  let last = Date.now();
  let previous = '';
  const write = (line: string) => {
    last = Date.now();
    stream.write(`${line}\n`);
  };
  const heartbeat = setInterval(() => {
    if (Date.now() - last >= HEARTBEAT_MILLISECONDS) for (const line of stillRunning(state, Date.now())) write(line);
  }, HEARTBEAT_MILLISECONDS / 4);
  heartbeat.unref();
  return {
    emit: (event) => {
      state = advance(state, event, Date.now());
      // Polling repeats itself: what differs from the last line in its time or a percentage only says nothing.
      const gist = gistOf(event);
      if (gist !== previous) write(eventLine(event, new Date()));
      previous = gist;
    },
    view: STILL,
    say: (text) => void stream.write(text),
    close: () => clearInterval(heartbeat),
  };
}

function gistOf(event: ProgressEvent): string {
  if (event.kind !== 'replication') return eventLine(event, new Date(0));
  return JSON.stringify([event.image, event.regions.map(({ name, state, progress }) => [name, state, Math.floor(progress / 25)])]);
}

function stillRunning(state: ConsoleState, now: number): readonly string[] {
  const time = new Date(now).toISOString().slice(11, 19);
  return state.flatMap(({ image, stages, outcome }) => {
    const running = stages.at(-1);
    if (outcome || running?.status !== 'running') return [];
    return [`${time}Z ${image} ${running.stage} still running after ${tickingDuration(now - running.started)}`];
  });
}

async function createLive({ stream, color }: ConsoleOptions): Promise<ConsoleProgress> {
  const { createLogUpdate } = await import('log-update');
  const update = createLogUpdate(stream);
  const paint = painter(color);
  let state: ConsoleState = [];
  let paused = false;
  const draw = () => {
    // An empty list is an empty line, which would be drawn over what is said before anything begins.
    if (!paused && state.length > 0) update(liveView(state, Date.now(), paint, areaOf(stream)));
  };
  const timer = setInterval(draw, FRAME_MILLISECONDS);
  timer.unref();
  return {
    emit: (event: ProgressEvent) => {
      state = advance(state, event, Date.now());
    },
    view: {
      pause: () => {
        draw();
        update.done();
        paused = true;
      },
      resume: () => {
        paused = false;
      },
    },
    say: (text) => {
      if (!paused) update.clear();
      stream.write(text);
      draw();
    },
    close: () => {
      clearInterval(timer);
      draw();
      update.done();
    },
  };
}

/** A terminal that does not tell its size is taken for one of the usual. */
function areaOf({ columns, rows }: NodeJS.WriteStream): Area {
  return { columns: columns || 80, rows: rows || 24 };
}
