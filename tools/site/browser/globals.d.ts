// What the scripts of a page find beside them.
declare const stage: { mount: typeof mount; nativeSliders: typeof nativeSliders };
