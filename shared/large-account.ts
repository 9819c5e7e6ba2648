/** From so many positions on an account is worked out by a thread of its own, and its call prices are asked for apart: each step of such a search looks at all that margins together, and takes the longer. */
export const POSITIONS_LARGE = 60;
