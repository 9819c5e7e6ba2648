import type { ReactNode } from 'react';
import { keyBindings, PLACE_NAMES, type KeyPlace } from '../keys/key-map.ts';
import { Dialog } from './dialog.tsx';

const PLACES = Object.keys(PLACE_NAMES) as KeyPlace[];

/** Every key, by the place it works in: the key map itself, drawn. */
export function KeyHelp({ onClose }: { onClose: () => void }): ReactNode {
  return (
    <Dialog label="Keys" className="key-help" onClose={onClose}>
      <header>
        <h2>Keys</h2>
        <button className="quiet" onClick={onClose} aria-label="Close">
          ✕
        </button>
      </header>
      <div className="key-columns">
        {PLACES.map((place) => {
          const bindings = keyBindings.filter((binding) => binding.place === place && binding.keys.length > 0);
          if (bindings.length === 0) return null;
          return (
            <section key={place}>
              <h3>{PLACE_NAMES[place]}</h3>
              <dl>
                {bindings.map((binding) => (
                  <div key={binding.command}>
                    <dt>
                      {binding.keys.map((key) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </dt>
                    <dd>{binding.label}</dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
