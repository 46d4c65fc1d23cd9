import * as z from 'zod';
import type { HttpResponse, JsonObject } from '../../http.ts';
import { MARKETPLACE_ORDERING } from '../api-versions.ts';
import { readBody } from '../body.ts';
import { armError } from '../errors.ts';
import type { Call, Route } from '../router.ts';
import type { World } from '../world.ts';

const Terms = z.object({ properties: z.object({ accepted: z.boolean() }) });

/** Microsoft.MarketplaceOrdering agreements, after the description of 2021-01-01: read, accept, sign and cancel the terms of a purchase plan. */
export function marketplaceAgreementRoutes(): readonly Route[] {
  const provider = '/subscriptions/{subscriptionId}/providers/Microsoft.MarketplaceOrdering';
  const plan = '{publisherId}/offers/{offerId}/plans/{planId}';
  const current = `${provider}/offerTypes/{offerType}/publishers/${plan}/agreements/current`;
  const agreement = `${provider}/agreements/${plan}`;
  const versions = MARKETPLACE_ORDERING;
  return [
    { method: 'GET', path: current, versions, handle: (call, world) => termsOf(call, world) },
    { method: 'PUT', path: current, versions, handle: acceptOrRefuse },
    { method: 'GET', path: agreement, versions, handle: (call, world) => agreementOf(call, world) },
    { method: 'POST', path: `${agreement}/sign`, versions, handle: (call, world) => agreementOf(call, decided(call, world, true)) },
    { method: 'POST', path: `${agreement}/cancel`, versions, handle: (call, world) => agreementOf(call, decided(call, world, false)) },
  ];
}

/** Whether the subscription has accepted the terms of a plan. */
export function termsAccepted(world: World, publisher: string, offer: string, plan: string): boolean {
  return world.resources.get(agreementId(world, publisher, offer, plan))?.body.accepted === true;
}

function acceptOrRefuse(call: Call, world: World): HttpResponse {
  return termsOf(call, decided(call, world, readBody(call, Terms).properties.accepted));
}

function decided(call: Call, world: World, accepted: boolean): World {
  const { publisherId, offerId, planId } = soldPlan(call, world);
  world.resources.put(agreementId(world, publisherId, offerId, planId), { accepted, date: world.clock.now().toISOString() });
  return world;
}

/** The path's plan. Throws BadRequest when the Marketplace does not sell it. */
function soldPlan({ params }: Call, world: World): { readonly publisherId: string; readonly offerId: string; readonly planId: string } {
  const { publisherId = '', offerId = '', planId = '' } = params;
  const sold = world.seed.marketplace.some(
    ({ plan }) => plan?.publisher === publisherId && plan.product === offerId && plan.name === planId,
  );
  if (sold) return { publisherId, offerId, planId };
  const message = `Offer with PublisherId: '${publisherId}', OfferId: '${offerId}' and PlanId: '${planId}' was not found.`;
  throw armError(400, 'BadRequest', message);
}

/** AgreementTerms of the description. */
function termsOf(call: Call, world: World): HttpResponse {
  const { publisherId, offerId, planId } = soldPlan(call, world);
  const text = `https://storelegalterms.example.net/${publisherId}/${offerId}/${planId}`;
  const properties = {
    publisher: publisherId,
    product: offerId,
    plan: planId,
    licenseTextLink: `${text}/license.txt`,
    privacyPolicyLink: `${text}/privacy.html`,
    marketplaceTermsLink: `${text}/terms.html`,
    retrieveDatetime: world.clock.now().toISOString(),
    signature: Buffer.from(`${publisherId}:${offerId}:${planId}`).toString('hex').toUpperCase(),
    accepted: termsAccepted(world, publisherId, offerId, planId),
  };
  const id = agreementId(world, publisherId, offerId, planId);
  return { status: 200, body: { id, name: planId, type: 'Microsoft.MarketplaceOrdering/offertypes', properties } };
}

/** OldAgreementTerms of the description: whether the terms are in force, and since when or until when. */
function agreementOf(call: Call, world: World): HttpResponse {
  const { publisherId, offerId, planId } = soldPlan(call, world);
  const stored = world.resources.get(agreementId(world, publisherId, offerId, planId));
  const active = stored?.body.accepted === true;
  const properties: JsonObject = {
    ...{ publisher: publisherId, offer: offerId, state: active ? 'Active' : 'Canceled' },
    ...(stored && (active ? { signDate: stored.body.date } : { cancelDate: stored.body.date })),
  };
  const id = `/subscriptions/${world.subscription}/providers/Microsoft.MarketplaceOrdering/agreements/${publisherId}/offers/${offerId}/plans/${planId}`;
  return { status: 200, body: { id, name: planId, type: 'Microsoft.MarketplaceOrdering/agreements', properties } };
}

function agreementId(world: World, publisher: string, offer: string, plan: string): string {
  return `/subscriptions/${world.subscription}/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualmachine/publishers/${publisher}/offers/${offer}/plans/${plan}/agreements/current`;
}
