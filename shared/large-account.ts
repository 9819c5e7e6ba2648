/** From so many positions on an account is worked out by a thread of its own, and its call prices are asked for apart: with fewer, nobody waits a frame for it. */
export const POSITIONS_LARGE = 250;
