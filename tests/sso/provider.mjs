// A conforming OpenID provider with a realm in its path, for tests. Argument: JSON with the client and the people.
// It prints the issuer once it listens, and ends with its standard input.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const { client, people, realm, in_token } = JSON.parse(process.argv[2]);
const page = (title, body) =>
  `<!doctype html><html lang="id"><meta name="viewport" content="width=device-width"><title>${title}</title><h1>${title}</h1>${body}`;

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}${realm}`;
  const provider = new Provider(issuer, {
    clients: [{ ...client, response_types: ["code"], grant_types: ["authorization_code"] }],
    claims: { openid: ["sub"], profile: ["nip", "name"], email: ["email", "email_verified"] },
    conformIdTokenClaims: !in_token,
    cookies: { keys: ["for tests"] },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        logoutSource: (ctx, form) => {
          ctx.body = page("Keluar?", `${form}<button form="op.logoutForm" name="logout" value="yes">Ya, keluar</button>`);
        },
      },
    },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
    interactions: { url: (_, { uid }) => `${realm}/login/${uid}` },
    // The agency's own programs need nobody's consent.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid profile email");
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
  });
  provider.on("server_error", (_, error) => console.error(error));
  const answer = provider.callback();
  server.on("request", async (request, response) => {
    if (!request.url.startsWith(`${realm}/login/`)) {
      request.originalUrl = request.url; // how the provider knows that it stands below a path
      request.url = request.url.slice(realm.length) || "/";
      return answer(request, response);
    }
    if (request.method === "GET") {
      response.setHeader("content-type", "text/html; charset=utf-8");
      return response.end(page("Masuk SSO", `<form method="post"><label>Akun <input name="account"></label><button>Masuk</button></form>`));
    }
    let body = "";
    for await (const part of request) body += part;
    const accountId = new URLSearchParams(body).get("account");
    const result = people[accountId] ? { login: { accountId } } : { error: "access_denied" };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  });
  console.log(issuer);
});
process.stdin.on("end", () => process.exit(0)).resume();
