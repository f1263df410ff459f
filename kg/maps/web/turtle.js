/* What is shown, as RDF: the same names and terms as in the exports of the build. */

/** Write a text as a literal. @param {string} text @param {string} [tag] */
function literal(text, tag) {
  /** @type {Record<string, string>} */
  const short = { "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\" };
  const kept = String(text).replace(/[\u0000-\u001f"\\\u007f]/g, (char) => short[char] || `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `"${kept}"${tag ? `@${tag}` : ""}`;
}

/** Write an IRI: characters that it must not hold are percent-encoded. @param {string} iri */
function angled(iri) {
  return `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, encodeURIComponent)}>`;
}

class Turtle {
  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    this.iris = data.iris;
  }

  /** @param {string} prefix @param {string} name */
  name(prefix, name) {
    const safe = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?$/.test(name);
    return safe ? `${prefix}:${name}` : angled(this.iris[prefix] + encodeURIComponent(name));
  }

  /**
   * Write agreements with their parties and claims, and what they name.
   * @param {Agreement[]} agreements
   */
  write(agreements) {
    const actors = distinct(agreements.flatMap(({ parties, organization }) => [...parties.map(([actor]) => actor), organization || ""])).filter(Boolean).sort();
    const claims = distinct(agreements.flatMap((agreement) => agreement.claims));
    const documents = distinct(claims.map((claim) => claim.document)).sort();
    const used = ["actor", "agreement", "akg", "claim", "date", "dcterms", "document", "evidence", "foaf", "oa", "part", "prov", "rdfs", "xsd"];
    const heads = used.filter((prefix) => this.iris[prefix]).map((prefix) => `@prefix ${prefix}: ${angled(this.iris[prefix])} .`);
    return [heads.join("\n"), ...agreements.map((one) => this.agreement(one)), ...agreements.flatMap((one) => one.claims.map((claim) => this.claim(claim, one))),
      ...actors.map((actor) => this.actor(actor)), ...documents.map((name) => this.document(name))].join("\n\n") + "\n";
  }

  /** @param {string} subject @param {(string | null)[]} facts */
  node(subject, facts) {
    return `${subject}\n    ${facts.filter(Boolean).join(" ;\n    ")} .`;
  }

  /** @param {Agreement} agreement */
  agreement(agreement) {
    const kind = this.data.kind.get(agreement.kind);
    const parts = agreement.parties.map(([actor, role]) => ({ actor, role, name: this.name("part", `${agreement.id}-${actor}-${role}`) }));
    const own = this.node(this.name("agreement", agreement.id), [
      `a akg:Agreement${kind ? `, ${angled(kind.class)}` : ""}`,
      `rdfs:label ${literal(agreement.ar, "ar")}, ${literal(agreement.en, "en")}`,
      `akg:kind akg:kind-${agreement.kind}`, `akg:status akg:status-${agreement.status}`, `akg:certainty akg:certainty-${agreement.certainty}`,
      `akg:contested ${agreement.contested ? "true" : "false"}`,
      agreement.organization ? `akg:organization ${this.name("actor", agreement.organization)}` : null,
      this.list("akg:provision", agreement.provisions.map((one) => `akg:provision-${one}`)),
      this.list("akg:sector", agreement.sectors.map((one) => `akg:sector-${one}`)),
      this.list("akg:participation", parts.map(({ name }) => name)),
      this.list("akg:date", Object.keys(agreement.dates).map((event) => this.name("date", `${agreement.id}-${event}`))),
      this.list("prov:wasDerivedFrom", agreement.claims.map(({ id }) => this.name("claim", id))),
    ]);
    const dates = Object.entries(agreement.dates).map(([event, edtf]) =>
      this.node(this.name("date", `${agreement.id}-${event}`), ["a akg:PartialDate", `akg:dateKey akg:date-${event}`, `akg:edtf ${literal(edtf)}`]));
    const involved = parts.map(({ actor, role, name }) =>
      this.node(name, ["a akg:Participation", `akg:actor ${this.name("actor", actor)}`, `akg:role akg:role-${role}`]));
    return [own, ...involved, ...dates].join("\n\n");
  }

  /** @param {string} property @param {string[]} values */
  list(property, values) {
    return values.length ? `${property} ${values.join(", ")}` : null;
  }

  /** @param {Claim} claim @param {Agreement} agreement */
  claim(claim, agreement) {
    const evidence = claim.spans.map((span) => this.name("evidence", `${claim.document}-${span}`));
    const own = this.node(this.name("claim", claim.id), [
      "a akg:Claim", `akg:about ${this.name("agreement", agreement.id)}`,
      `akg:status akg:status-${claim.status}`, `akg:certainty akg:certainty-${claim.certainty}`,
      this.list("akg:attributedTo", claim.attributed_to.map((who) => literal(who))),
      this.list("akg:evidence", evidence), `prov:hadPrimarySource ${this.name("document", claim.document)}`,
    ]);
    const words = claim.quotes.map((quote, at) => this.node(this.name("evidence", `${claim.document}-${claim.spans[at]}`), [
      "a oa:SpecificResource", `oa:hasSource ${this.name("document", claim.document)}`,
      `oa:hasSelector ${this.name("evidence", `${claim.document}-${claim.spans[at]}-quote`)}`])
      + "\n\n" + this.node(this.name("evidence", `${claim.document}-${claim.spans[at]}-quote`), ["a oa:TextQuoteSelector", `oa:exact ${literal(quote)}`]));
    return [own, ...words].join("\n\n");
  }

  /** @param {string} id */
  actor(id) {
    const node = this.data.node.get(id);
    return this.node(this.name("actor", id), [`akg:actorId ${literal(id)}`,
      node && node.ar !== id ? `rdfs:label ${literal(node.ar, "ar")}, ${literal(node.en, "en")}` : null]);
  }

  /** @param {string} name */
  document(name) {
    const source = this.data.source.get(name);
    const address = webAddress(source?.url);
    return this.node(this.name("document", name), ["a akg:Document", `akg:fileName ${literal(name)}`,
      source?.title ? `dcterms:title ${literal(source.title, "ar")}` : null, address ? `foaf:page ${angled(String(source?.url))}` : null]);
  }
}
