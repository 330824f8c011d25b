import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { TABLES } from '../../src/store/tables.ts';

const schema = await readFile(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8');
const models = [...schema.matchAll(/^model (\w+) \{\n([^}]*)\}/gm)].map(
  ([, model = '', body = '']) => ({
    model,
    lines: body.split('\n').map((line) => line.trim()),
  }),
);

it('tells of each model its key, its JSON and what is numbered, as the schema has them', () => {
  const told = TABLES.map(({ model, key, json = [], counter = null }) => ({
    ...{ model, key: [...key], json: [...json], counter },
  }));
  expect(told.sort(byModel)).toEqual(models.map(read).sort(byModel));
});

it('has each table behind those its rows refer to', () => {
  const order = TABLES.map(({ model }) => model);
  const references = models.flatMap(({ model, lines }) =>
    lines
      .filter((line) => line.includes('@relation('))
      .map((line) => [model, line.split(/\s+/)[1]]),
  );
  expect(references.length).toBeGreaterThan(4);
  for (const [model = '', other = ''] of references) {
    expect(order.indexOf(other), `${model} refers to ${other}`).toBeLessThan(order.indexOf(model));
    expect(order).toContain(other);
  }
});

function read({ model, lines }: (typeof models)[number]) {
  const named = (sign: RegExp) =>
    lines.filter((line) => sign.test(line)).map((line) => line.split(/\s+/)[0] ?? '');
  const together = lines
    .map((line) => /^@@id\(\[(.*)\]\)/.exec(line)?.[1]?.split(/,\s*/))
    .find(Boolean);
  return {
    model,
    key: together ?? named(/ @id\b/),
    json: named(/ Json\b/),
    counter: named(/@default\(autoincrement\(\)\)/)[0] ?? null,
  };
}

function byModel(a: { model: string }, b: { model: string }): number {
  return a.model < b.model ? -1 : 1;
}
