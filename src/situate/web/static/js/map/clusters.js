// Busy places drawn together: for a scale, each mark stands at the busiest of the places that it stands for.

import { unit } from "../dom.js";

const REACH = 30; // pixels within which places go together

export class Clusters {
  /** Sites have `lon`, `y` (northing) and `weight`, the heaviest first. */
  constructor(sites) {
    this.sites = sites;
    this.levels = new Map();
  }

  /** The clusters for a scale in pixels a degree; scales are taken in half octaves, each worked out once. */
  at(scale) {
    const level = Math.round(Math.log2(scale) * 2);
    if (!this.levels.has(level)) this.levels.set(level, this.group((unit() * REACH) / 2 ** (level / 2)));
    return this.levels.get(level);
  }

  group(reach) {
    const grid = new Map();
    const cell = (x, y) => `${Math.floor(x / reach)}|${Math.floor(y / reach)}`;
    for (const site of this.sites) {
      const key = cell(site.lon, site.y);
      if (!grid.has(key)) grid.set(key, []);
      grid.get(key).push(site);
    }
    const taken = new Set();
    const found = [];
    for (const site of this.sites) {
      if (taken.has(site)) continue;
      const sites = [];
      for (const dx of [-1, 0, 1]) {
        for (const dy of [-1, 0, 1]) {
          for (const other of grid.get(cell(site.lon + dx * reach, site.y + dy * reach)) || []) {
            if (taken.has(other) || Math.hypot(other.lon - site.lon, other.y - site.y) > reach) continue;
            taken.add(other);
            sites.push(other);
          }
        }
      }
      found.push(new Cluster(site, sites));
    }
    return found;
  }
}

class Cluster {
  constructor(lead, sites) {
    this.lead = lead;
    this.sites = sites;
    this.weight = this.done = 0;
    const groups = {};
    for (const site of sites) {
      this.weight += site.weight;
      this.done += site.done;
      for (const [group, n] of Object.entries(site.groups)) groups[group] = (groups[group] || 0) + n;
    }
    this.group = Object.entries(groups).sort((a, b) => b[1] - a[1])[0]?.[0] || null;
    this.name = sites.length > 1 ? `${lead.name} +${sites.length - 1}` : lead.name;
    this.size = unit() * (this.weight ? 4.5 + 2 * Math.log2(1 + this.weight) : 3);
  }
}
