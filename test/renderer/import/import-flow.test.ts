import { expect, test } from 'vitest';
import type { DeskState } from '../../../renderer/desk/desk-state.ts';
import { createImportFlow, type ImportFlow } from '../../../renderer/import/import-flow.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';

type Answers = Record<string, (input: Record<string, unknown>) => Result<unknown>>;

/** A desk that answers from a table and remembers what it was asked. */
function tableDesk(answers: Answers): { desk: DeskState; asked: string[] } {
  const asked: string[] = [];
  const ask = async (channel: string, input: Record<string, unknown>): Promise<Result<unknown>> => {
    asked.push(channel);
    return answers[channel]?.(input) ?? succeed({});
  };
  return { desk: { ask } as unknown as DeskState, asked };
}

const receives: Answers = { 'files.receive': ({ name }) => succeed({ fileId: `id of ${String(name)}`, name, bytes: 1 }) };
const plans: Answers = { ...receives, 'import.plan': ({ fileId }) => succeed({ planId: `plan for ${String(fileId)}` }) };
const file = (name: string): File => new File(['x'], name);

/** Waits until the flow has come to a step, of the file of that name where one is given. */
async function settled(flow: ImportFlow, step: string, name?: string): Promise<void> {
  const isThere = (): boolean => {
    const now = flow.now.get();
    return now.step === step && (name === undefined || ('file' in now && now.file?.name === name));
  };
  while (!isThere()) {
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
}

test('a file becomes a plan, and nothing is applied before it is accepted', async () => {
  const { desk, asked } = tableDesk(plans);
  const flow = createImportFlow(desk);
  flow.take([file('a.xml')]);
  await settled(flow, 'planned');
  expect(asked).toEqual(['files.receive', 'import.plan']);
  flow.accept();
  await settled(flow, 'applying');
});

test('several files are taken one after another', async () => {
  const { desk } = tableDesk({ ...plans, 'import.apply': () => succeed({ sequence: 7, changes: 3 }) });
  const flow = createImportFlow(desk);
  flow.take([file('a.xml'), file('b.xml')]);
  await settled(flow, 'planned');
  expect(flow.now.get()).toMatchObject({ file: { name: 'a.xml' } });
  expect(flow.waiting.get()).toBe(1);
  flow.accept();
  await settled(flow, 'planned', 'b.xml');
  flow.discard();
  await settled(flow, 'idle');
});

test('a discarded plan is discarded at the desk too', async () => {
  const { desk, asked } = tableDesk(plans);
  const flow = createImportFlow(desk);
  flow.take([file('a.xml')]);
  await settled(flow, 'planned');
  flow.discard();
  await settled(flow, 'idle');
  expect(asked.at(-1)).toBe('import.discard');
});

test('a CSV that nobody recognises leads to the mapping, any other trouble to its reason', async () => {
  const unknown = { ...receives, 'import.plan': () => fail({ code: 'unknown-format', message: 'No format fits.' }) };
  const csv = createImportFlow(tableDesk(unknown).desk);
  csv.take([file('desk.csv')]);
  await settled(csv, 'mapping');
  const xml = createImportFlow(tableDesk(unknown).desk);
  xml.take([file('desk.xml')]);
  await settled(xml, 'refused');
  expect(xml.now.get()).toMatchObject({ name: 'desk.xml', fault: { code: 'unknown-format' } });
});

test('a cancelled import goes back to its plan, which still stands', async () => {
  const { desk } = tableDesk({ ...plans, 'import.apply': () => fail({ code: 'cancelled', message: 'Cancelled.' }) });
  const flow = createImportFlow(desk);
  flow.take([file('a.xml')]);
  await settled(flow, 'planned');
  flow.accept();
  await settled(flow, 'applying');
  await settled(flow, 'planned');
  expect(flow.now.get()).toMatchObject({ plan: { planId: 'plan for id of a.xml' } });
});

test('a plan that arrives after Cancel is discarded, not shown', async () => {
  const waiting: (() => void)[] = [];
  const { desk, asked } = tableDesk(plans);
  const { ask } = desk;
  // The desk is slow to plan, and finishes although it was asked to stop.
  const slow = { ...desk, ask: async (channel: string, input: never) => {
    if (channel === 'import.plan') await new Promise<void>((resolve) => waiting.push(resolve));
    return ask(channel as 'import.plan', input);
  } } as unknown as DeskState;
  const flow = createImportFlow(slow);
  flow.take([file('a.xml')]);
  await settled(flow, 'planning');
  while (waiting.length === 0) await Promise.resolve();
  flow.cancel();
  waiting[0]?.();
  await settled(flow, 'idle');
  expect(asked).toEqual(['files.receive', 'jobs.cancel', 'import.plan', 'import.discard']);
});

test('what is no file at all is refused here, with its name', async () => {
  const folder = { name: 'folder', size: 0, arrayBuffer: () => Promise.reject(new Error('not a file')) };
  Object.setPrototypeOf(folder, File.prototype);
  const { desk, asked } = tableDesk(plans);
  const flow = createImportFlow(desk);
  flow.take([folder as unknown as File]);
  await settled(flow, 'refused');
  expect(flow.now.get()).toMatchObject({ name: 'folder', fault: { code: 'file-unreadable' } });
  expect(asked).toEqual([]);
});
