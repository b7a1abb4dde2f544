import { z } from 'zod';
import { ROLES } from './roles.js';

/** Who the server takes the caller for. */
export const me = z.object({
  username: z.string(),
  role: z.enum(ROLES),
  auth: z.string().describe('the identity mode: loopback, token'),
  server_version: z.string()
});

/** Who the server takes the caller for. */
export type Me = z.infer<typeof me>;

const credentials = z.object({ token: z.string().min(1).max(512).describe('what `celltrail token create` showed') });

/** The routes by which a browser signs in and out, in the identity modes where people do. */
export const SIGN_IN_ROUTES = {
  postSignIn: {
    method: 'post',
    path: '/api/sign-in',
    role: null,
    body: credentials,
    answer: me,
    says: 'Sign this browser in with a token: a cookie that scripts can not read stands for it from then on.'
  },
  postSignOut: {
    method: 'post',
    path: '/api/sign-out',
    role: null,
    body: z.object({}),
    answer: z.object({ signed_out: z.literal(true) }),
    says: "End this browser's session."
  }
} as const;
