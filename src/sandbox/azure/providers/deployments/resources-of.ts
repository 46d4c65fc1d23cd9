import { armError } from '../../errors.ts';
import { groupId } from '../../ids.ts';
import { at, textAt } from '../../json-path.ts';
import type { Call } from '../../router.ts';
import type { World } from '../../world.ts';
import { type TemplateResource, templateResources } from './template.ts';

/** The resources of the request's template in the order in which they are made. Throws InvalidTemplate and InvalidRequestContent. */
export function resourcesOf(call: Call, world: World): readonly TemplateResource[] {
  const mode = textAt(call.body, 'properties', 'mode');
  if (!/^(incremental|complete)$/i.test(mode ?? '')) {
    throw armError(
      400,
      'InvalidRequestContent',
      `The request content was invalid: properties.mode '${mode ?? '(none)'}' is neither 'Incremental' nor 'Complete'.`,
    );
  }
  const template = at(call.body, 'properties', 'template');
  if (template === undefined) throw armError(400, 'InvalidTemplate', "Deployment template validation failed: 'The template is missing.'");
  const id = groupId(world.subscription, call.params.resourceGroupName ?? '');
  const group = world.resources.get(id);
  return templateResources(template, at(call.body, 'properties', 'parameters'), {
    subscription: world.subscription,
    group: { id, name: textAt(group?.body, 'name') ?? '', location: textAt(group?.body, 'location') ?? '' },
  });
}
