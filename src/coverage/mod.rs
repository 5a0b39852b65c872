//! Which children reach which sites on foot.
