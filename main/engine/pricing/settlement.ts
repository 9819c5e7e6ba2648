// What a move of the mark is worth. Linear contracts are paid in the quote currency. Inverse ones are an amount of the
// quote currency (10 US dollars a contract, say) whose profit is paid in the coin itself, so it bends: the coin a long
// position gains has an upper limit, the coin it loses has none.

/** Profit of a linear position in the quote currency: quantity × multiplier × (mark − entry); positive is a gain. */
export function linearProfit(quantity: number, multiplier: number, entry: number, mark: number): number {
  return quantity * multiplier * (mark - entry);
}

/**
 * Profit of an inverse future or perpetual in coin: amount × (1 ÷ entry − 1 ÷ mark), where `amount` is quantity ×
 * multiplier in quote currency. Written with the difference of the prices, which keeps its digits for small moves.
 */
export function inverseProfit(amount: number, entry: number, mark: number): number {
  return (amount * (mark - entry)) / (entry * mark);
}

/** Profit in coin when the mark moves by a fraction of itself, of a position worth `coins` now: coins × (1 − 1 ÷ (1 + move)). */
export function inverseProfitOfMove(coins: number, move: number): number {
  return (coins * move) / (1 + move);
}

/** The premium in coin of an option whose price is in quote currency: what a coin-settled option trades at. */
export function premiumInCoin(priceInQuote: number, forward: number): number {
  return priceInQuote / forward;
}

/** The pay-off in coin of a coin-settled option on one coin: max(0, ±(settlement price − strike)) ÷ settlement price. */
export function inverseOptionPayoff(settlementPrice: number, strike: number, isCall: boolean): number {
  const intrinsic = isCall ? settlementPrice - strike : strike - settlementPrice;
  return intrinsic > 0 ? intrinsic / settlementPrice : 0;
}
