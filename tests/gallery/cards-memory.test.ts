import { describe, expect, it, vi } from 'vitest';
import { openCardMemory } from '../../src/gallery/cards-memory.ts';

const card = (bytes: number) => vi.fn(async () => Buffer.alloc(bytes));

describe('the memory of cards', () => {
  it('draws a card once, however many want it, until it is of other photos', async () => {
    const memory = openCardMemory();
    const draw = card(10);
    await Promise.all(Array.from({ length: 50 }, () => memory.get('vienna', 'a', draw)));
    await memory.get('vienna', 'a', draw);
    expect(draw).toHaveBeenCalledTimes(1);
    await memory.get('vienna', 'b', draw);
    expect(draw).toHaveBeenCalledTimes(2);
    expect(memory.size()).toBe(10);
  });

  it('keeps so many bytes and no more, those asked for lately', async () => {
    const memory = openCardMemory(30);
    for (const name of ['a', 'b', 'c', 'a', 'd']) await memory.get(name, '', card(10));
    expect(memory.size()).toBe(30);
    const [again, lost] = [card(10), card(10)];
    await memory.get('a', '', again);
    await memory.get('b', '', lost);
    expect(again).not.toHaveBeenCalled();
    expect(lost).toHaveBeenCalledTimes(1);
  });

  it('draws only so many at once, and forgets one that failed', async () => {
    const memory = openCardMemory(100, 2);
    let fail = (_: Error) => {};
    const stuck = () => new Promise<Buffer>((_, reject) => (fail = reject));
    const first = memory.get('a', '', stuck);
    const second = memory.get('b', '', () => new Promise<Buffer>(() => {}));
    expect(second).toBeInstanceOf(Promise);
    expect(await memory.get('c', '', card(1))).toBeNull();
    fail(new Error('worker lost'));
    await expect(first).rejects.toThrow('worker lost');
    expect(await memory.get('a', '', card(1))).toHaveLength(1);
  });
});
