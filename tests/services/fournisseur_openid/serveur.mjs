// A real OpenID provider (oidc-provider, certified by the OpenID Foundation) that behaves as
// ProConnect does: signed userinfo, PKCE required, `amr` only when it is asked for.
// Arguments, as JSON on the command line: port, redirect_uri, post_logout_redirect_uri, comptes.
// A person is signed in by POST /essai/<interaction>, without any page: the tests are the browser.
import http from "node:http";
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";

const reglages = JSON.parse(process.argv[2]);
const emetteur = `http://127.0.0.1:${reglages.port}`;

function cle(type, options, alg) {
  const { privateKey } = generateKeyPairSync(type, options);
  return { ...privateKey.export({ format: "jwk" }), alg, use: "sig", kid: `essai-${alg}` };
}

const fournisseur = new Provider(emetteur, {
  jwks: {
    keys: [
      cle("rsa", { modulusLength: 2048 }, "RS256"),
      cle("ec", { namedCurve: "P-256" }, "ES256"),
    ],
  },
  clients: ["RS256", "ES256"].map((alg) => ({
    client_id: `maillage-${alg}`,
    client_secret: "secret-d-essai",
    redirect_uris: [reglages.redirect_uri],
    post_logout_redirect_uris: [reglages.post_logout_redirect_uri],
    token_endpoint_auth_method: "client_secret_post",
    id_token_signed_response_alg: alg,
    userinfo_signed_response_alg: alg,
  })),
  enabledJWA: {
    idTokenSigningAlgValues: ["RS256", "ES256"],
    userinfoSigningAlgValues: ["RS256", "ES256"],
  },
  scopes: ["openid", "given_name", "usual_name", "email"],
  claims: {
    openid: ["sub"],
    given_name: ["given_name"],
    usual_name: ["usual_name"],
    email: ["email", "email_verified"],
    amr: null,
  },
  features: {
    claimsParameter: { enabled: true },
    devInteractions: { enabled: false },
    jwtUserinfo: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      // no question to the person: the tests press the button
      logoutSource: (ctx, form) => {
        ctx.body = form;
      },
    },
  },
  pkce: { required: () => true },
  cookies: { keys: ["cle-d-essai"] },
  interactions: { url: (ctx, interaction) => `/essai/${interaction.uid}` },
  findAccount: (ctx, sub) => {
    const claims = reglages.comptes[sub];
    return claims && { accountId: sub, claims: () => ({ sub, ...claims }) };
  },
  async loadExistingGrant(ctx) {
    const accord = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    accord.addOIDCScope("openid given_name usual_name email");
    accord.addOIDCClaims(["amr"]);
    await accord.save();
    return accord;
  },
});

const repond = fournisseur.callback();
http
  .createServer(async (req, res) => {
    const { pathname, searchParams } = new URL(req.url, emetteur);
    if (req.method !== "POST" || !pathname.startsWith("/essai/")) {
      repond(req, res);
      return;
    }
    const resultat = searchParams.has("renonce")
      ? { error: "access_denied", error_description: "la personne renonce" }
      : {
          login: {
            accountId: searchParams.get("compte"),
            amr: searchParams.has("amr") ? searchParams.get("amr").split(" ") : undefined,
          },
        };
    await fournisseur.interactionFinished(req, res, resultat);
  })
  .listen(reglages.port, "127.0.0.1", () => console.log("prêt"));
