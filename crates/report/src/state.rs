//! Where a return stands, and what may happen to it next. Pure: a move that is not allowed is
//! refused with a reason, never carried out in part.

/// Where a return stands; the last of its steps. One without a step is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    Open,
    Checked,
    Submitted,
    Returned,
    Approved,
    /// Its figures are frozen.
    Locked,
}

impl State {
    pub const ALL: [State; 6] = [
        State::Open,
        State::Checked,
        State::Submitted,
        State::Returned,
        State::Approved,
        State::Locked,
    ];

    pub fn code(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Checked => "checked",
            State::Submitted => "submitted",
            State::Returned => "returned",
            State::Approved => "approved",
            State::Locked => "locked",
        }
    }

    pub fn from_code(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the unit may still type into it.
    pub fn takes_entries(self) -> bool {
        matches!(self, State::Open | State::Checked | State::Returned)
    }

    /// Whether it has left the unit.
    pub fn is_filed(self) -> bool {
        matches!(self, State::Submitted | State::Approved | State::Locked)
    }
}

/// What somebody wants to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Type figures, which undoes a check.
    Enter,
    /// Every finding was answered.
    Check,
    Submit,
    Return,
    Approve,
    Lock,
}

impl Act {
    pub const ALL: [Act; 6] =
        [Act::Enter, Act::Check, Act::Submit, Act::Return, Act::Approve, Act::Lock];
}

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// It lies with the unit above now.
    Submitted,
    /// It was approved: by whom and when stands in its lock.
    Approved,
    /// It must be checked before it is submitted.
    NotChecked,
    /// Only what was submitted can be decided.
    NotSubmitted,
}

impl State {
    /// The state after an act.
    ///
    /// # Errors
    /// The reason why the act is refused.
    pub fn after(self, act: Act) -> Result<State, Refusal> {
        use State as S;
        match (act, self) {
            (_, S::Locked) => Err(Refusal::Approved),
            (Act::Lock, S::Approved) => Ok(S::Locked),
            (_, S::Approved) => Err(Refusal::Approved),
            (Act::Enter | Act::Check | Act::Submit, S::Submitted) => Err(Refusal::Submitted),
            (Act::Enter, S::Returned) => Ok(S::Returned),
            (Act::Enter, S::Open | S::Checked) => Ok(S::Open),
            (Act::Check, _) => Ok(S::Checked),
            (Act::Submit, S::Checked) => Ok(S::Submitted),
            (Act::Submit, _) => Err(Refusal::NotChecked),
            (Act::Return, S::Submitted) => Ok(S::Returned),
            (Act::Approve, S::Submitted) => Ok(S::Approved),
            (Act::Return | Act::Approve | Act::Lock, _) => Err(Refusal::NotSubmitted),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_return_goes_its_way_and_no_other() {
        use Act as A;
        use State as S;
        let way = [A::Enter, A::Check, A::Submit, A::Return, A::Enter, A::Check, A::Submit];
        let mut at = S::Open;
        for act in way {
            at = at.after(act).unwrap();
        }
        assert_eq!(at, S::Submitted);
        at = at.after(A::Approve).unwrap().after(A::Lock).unwrap();
        assert_eq!(at, S::Locked);
        for (state, act, refusal) in [
            (S::Open, A::Submit, Refusal::NotChecked),
            (S::Returned, A::Submit, Refusal::NotChecked),
            (S::Submitted, A::Enter, Refusal::Submitted),
            (S::Submitted, A::Submit, Refusal::Submitted),
            (S::Open, A::Approve, Refusal::NotSubmitted),
            (S::Checked, A::Return, Refusal::NotSubmitted),
            (S::Submitted, A::Lock, Refusal::NotSubmitted),
            (S::Locked, A::Approve, Refusal::Approved),
            (S::Locked, A::Enter, Refusal::Approved),
            (S::Approved, A::Return, Refusal::Approved),
        ] {
            assert_eq!(state.after(act), Err(refusal), "{state:?} {act:?}");
        }
    }

    proptest! {
        /// Whatever is tried in whatever order: nothing is locked without having been submitted
        /// and approved, and what is locked stays so.
        #[test]
        fn nothing_passes_the_lock(acts in proptest::collection::vec(0_usize..6, 0..40)) {
            let (mut at, mut submitted, mut approved) = (State::Open, false, false);
            for act in acts.into_iter().filter_map(|i| Act::ALL.get(i).copied()) {
                let Ok(next) = at.after(act) else { continue };
                prop_assert_ne!(at, State::Locked);
                submitted |= next == State::Submitted;
                approved |= next == State::Approved && submitted;
                if next == State::Locked {
                    prop_assert!(approved);
                }
                at = next;
            }
        }
    }
}
