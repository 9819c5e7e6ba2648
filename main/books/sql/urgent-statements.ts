/** Statements that tell which accounts to read before the others. */
export const URGENT_SQL = {
  /**
   * Equity below zero first; then by the call that is due first, the heaviest of those; then by health, the worst first;
   * then as the book numbers them; 1 beside those that one of the former gave their place. Amounts are compared as doubles: nobody sees this order.
   */
  accounts:
    'SELECT account_id, coalesce(equity < 0, 0) OR due IS NOT NULL OR coalesce(requirement > 0, 0) FROM (SELECT fact.account_id, CAST(equity AS REAL) AS equity, CAST(equity AS REAL) - CAST(excess AS REAL) AS requirement, ' +
    '(SELECT min(due_on || (SELECT weight.key FROM json_each(:types) AS weight WHERE weight.value = call.type)) FROM call ' +
    'WHERE call.ended = 0 AND call.account_id = fact.account_id AND call.state IN (SELECT value FROM json_each(:states))) AS due ' +
    'FROM account_fact AS fact LEFT JOIN prior_margin AS prior ON prior.ended = 0 AND prior.account_id = fact.account_id AND prior.source = :run AND prior.sequence_to IS NULL WHERE fact.ended = 0) ' +
    'ORDER BY coalesce(equity < 0, 0) DESC, due IS NULL, due, coalesce(requirement > 0, 0) DESC, equity / requirement, account_id LIMIT :most',
  positionsOf: 'SELECT count(*) FROM position WHERE ended = 0 AND account_id = ?',
  positionBehind: 'SELECT 1 FROM position WHERE ended = 0 LIMIT 1 OFFSET ?',
  extent: 'SELECT count(*), max(valid_from) FROM account_fact WHERE ended = 0',
} as const;
