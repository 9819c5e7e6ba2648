import { expect, test } from 'vitest';
import { createAnswerStore } from '../../../renderer/desk/answer-store.ts';
import type { DeskState } from '../../../renderer/desk/desk-state.ts';
import { succeed } from '../../../shared/result.ts';

/** A desk whose answers come when the test says so. */
function slowDesk(): { desk: DeskState; asked: string[]; answer: (account: string) => Promise<void> } {
  const asked: string[] = [];
  const waiting: ((value: unknown) => void)[] = [];
  const ask = (_channel: string, input: { account: string }): Promise<unknown> => {
    asked.push(input.account);
    return new Promise((resolve) => {
      waiting.push(resolve);
    });
  };
  return {
    desk: { ask } as unknown as DeskState,
    asked,
    async answer(account) {
      waiting.shift()?.(succeed({ account }));
      await new Promise((resolve) => {
        setTimeout(resolve, 0);
      });
    },
  };
}

const key = (account: string): string => JSON.stringify({ account });

test('only one question is under way, and the last input is the one answered', async () => {
  const { desk, asked, answer } = slowDesk();
  const store = createAnswerStore(desk, 'accounts.view');
  store.ask(key('U1'), 0);
  store.ask(key('U2'), 0);
  store.ask(key('U3'), 0);
  expect(asked).toEqual(['U1']);
  await answer('U1');
  expect(store.kept.get().key).toBeNull();
  expect(asked).toEqual(['U1', 'U3']);
  await answer('U3');
  expect(store.kept.get()).toMatchObject({ key: key('U3'), value: { account: 'U3' } });
});

test('the same input is asked again for a new reason, not for the same one', async () => {
  const { desk, asked, answer } = slowDesk();
  const store = createAnswerStore(desk, 'accounts.view');
  store.ask(key('U1'), 'first');
  await answer('U1');
  store.ask(key('U1'), 'first');
  expect(asked).toEqual(['U1']);
  store.ask(key('U1'), 'book moved');
  expect(asked).toEqual(['U1', 'U1']);
  await answer('U1');
});

test('what is asked beside gives no sign that somebody waits', async () => {
  const [before, beside] = [slowDesk(), slowDesk()];
  const store = createAnswerStore({ ask: before.desk.ask, askBeside: beside.desk.ask }, 'accounts.view');
  store.ask(key('U1'), 0, true);
  await beside.answer('U1');
  store.ask(key('U1'), 1);
  expect([before.asked, beside.asked]).toEqual([['U1'], ['U1']]);
  expect(store.kept.get()).toMatchObject({ key: key('U1'), value: { account: 'U1' } });
});
