//! Jobs on both databases: done, failed, interrupted, shared among nodes.

#[cfg(test)]
mod ending;
#[cfg(test)]
mod interrupted;
#[cfg(test)]
mod running;
#[cfg(test)]
mod steps;
