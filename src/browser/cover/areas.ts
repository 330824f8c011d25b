import type { Area } from '../../submission/areas.ts';

/** An area of the editor. A proposal covers nothing before a person has agreed to it. */
export interface Cover extends Area {
  id: number;
  proposed: boolean;
}

const MOST = 100;

/** The areas of one photo, with every step undoable. `changed` is told after each. */
export function openAreas(changed: () => void) {
  let covers: readonly Cover[] = [];
  let past: (readonly Cover[])[] = [];
  let nextId = 1;
  /** Steps of one drag or of one key held down count as one. */
  let step: string | undefined;

  function set(next: readonly Cover[], name?: string): void {
    if (name === undefined || name !== step) past.push(covers);
    step = name;
    covers = next;
    changed();
  }

  return {
    all: () => covers,
    get: (id: number) => covers.find((cover) => cover.id === id),
    canUndo: () => past.length > 0,
    hasProposals: () => covers.some(({ proposed }) => proposed),
    /** What is painted: without proposals. */
    agreed: (): Area[] =>
      covers
        .filter(({ proposed }) => !proposed)
        .map(({ x, y, width, height }) => ({ x, y, width, height })),

    /** Adds areas, as many as the service takes. Returns their ids. */
    add(areas: readonly Area[], proposed = false): number[] {
      const room = areas.slice(0, MOST - covers.length);
      const added = room.map((area) => ({ ...area, id: nextId++, proposed }));
      // Drawing goes on with changes of the same name: one step to undo.
      if (added[0]) set([...covers, ...added], `draw ${added[0].id}`);
      return added.map(({ id }) => id);
    },

    /** Gives an area other edges. Changes under the same name in a row are one step. */
    change(id: number, area: Area, name: string): void {
      const replaced = covers.map((cover) => (cover.id === id ? { ...cover, ...area } : cover));
      set(replaced, `${name} ${id}`);
    },

    remove(id: number): void {
      set(covers.filter((cover) => cover.id !== id));
    },

    /** Agrees to all proposals, or drops them. */
    decide(agreed: boolean): void {
      if (agreed) set(covers.map((cover) => ({ ...cover, proposed: false })));
      else set(covers.filter(({ proposed }) => !proposed));
    },

    undo(): void {
      covers = past.pop() ?? covers;
      step = undefined;
      changed();
    },

    /** The next change begins a new step. */
    endStep(): void {
      step = undefined;
    },

    clear(): void {
      covers = [];
      past = [];
      step = undefined;
      changed();
    },
  };
}

export type Areas = ReturnType<typeof openAreas>;
