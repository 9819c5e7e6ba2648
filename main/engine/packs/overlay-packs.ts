import houseOverlay from './data/house-overlay.json' with { type: 'json' };

const [pack, ...others] = houseOverlay;

/** The sample overlay under each model that it is shipped for: stated once, and for other models as what is different. */
export const OVERLAY_PACKS: readonly unknown[] = [
  pack,
  ...others.map(({ id, title, model, baseMove, note }) => ({ ...pack, id, title, model, overlay: { ...pack?.overlay, volatility: { ...pack?.overlay?.volatility, baseMove, note } } })),
];
