import { type RequestHandler } from 'express';
import { type Metrics } from '../../operations/metrics.js';

/** `GET /metrics`: the server's figures for Prometheus. */
export function scrape(metrics: Pick<Metrics, 'text'>): RequestHandler {
  return async (_request, response) => {
    const { type, text } = await metrics.text();
    response.setHeader('Cache-Control', 'no-store');
    response.type(type).send(text);
  };
}
