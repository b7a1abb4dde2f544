/** The four statements of the acceptance scenario, word for word: an admin types them into psql. */
export const STATEMENTS = {
  recent: `SELECT id, username, cell_number, LEFT(code, 50) AS code_preview, execution_time_ms, status, timestamp
FROM code_execution_logs ORDER BY timestamp DESC LIMIT 10;`,
  perUser: `SELECT username, COUNT(*) AS total_executions FROM code_execution_logs GROUP BY username;`,
  errors: `SELECT username, cell_number, LEFT(code, 50) AS code_preview, LEFT(error_message, 100) AS error_preview, timestamp
FROM code_execution_logs WHERE status = 'error' ORDER BY timestamp DESC;`,
  totals: `SELECT COUNT(*) AS total_executions,
       COUNT(CASE WHEN DATE(timestamp) = CURRENT_DATE THEN 1 END) AS today_executions,
       COUNT(CASE WHEN status = 'error' THEN 1 END) AS total_errors
FROM code_execution_logs WHERE username = 'test_user';`
} as const;
