import type { Inventory } from '../../model/index.ts';
import { printedJson } from '../print-json.ts';
import { sectionsHtml, sectionsMarkdown, sectionsText } from '../sections.ts';
import { renderCycloneDx, type Tool } from './cyclonedx.ts';
import { inventoryDocument } from './document.ts';

/** Formats of an inventory, in the order in which usage texts name them. */
export const INVENTORY_FORMATS = ['text', 'markdown', 'json', 'html', 'cyclonedx'] as const;
export type InventoryFormat = (typeof INVENTORY_FORMATS)[number];

/** What is in an image as a document; `cyclonedx` is its software bill of materials. Ends with a line feed. */
export function renderInventory(inventory: Inventory, format: InventoryFormat, tool: Tool): string {
  switch (format) {
    case 'text':
      return sectionsText(inventoryDocument(inventory));
    case 'markdown':
      return sectionsMarkdown(inventoryDocument(inventory));
    case 'json':
      return printedJson(inventory);
    case 'html':
      return sectionsHtml(inventoryDocument(inventory));
    case 'cyclonedx':
      return renderCycloneDx(inventory, tool);
  }
}
