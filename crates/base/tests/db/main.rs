//! The door to the databases, tested hard on both. Each module takes one theme.

#[cfg(test)]
mod append_only;
#[cfg(test)]
mod groups;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod lost;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod strict;
#[cfg(test)]
mod table;
#[cfg(test)]
mod together;
#[cfg(test)]
mod transactions;
#[cfg(test)]
mod trouble;
#[cfg(test)]
mod values;
