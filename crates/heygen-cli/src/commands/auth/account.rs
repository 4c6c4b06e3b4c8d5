use serde_json::{Map, Value};

/// What the API says of the owner of a credential: its answer, whole.
pub(super) struct Account(Map<String, Value>);

impl Account {
    pub(super) const fn new(answer: Map<String, Value>) -> Self {
        Self(answer)
    }

    pub(super) fn into_answer(self) -> Map<String, Value> {
        self.0
    }

    /// Returns what the official tool keeps of a user beside the credential.
    pub(super) fn user(&self) -> Map<String, Value> {
        ["email", "first_name", "last_name", "username"]
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), self.text(&[name])?.into())))
            .collect()
    }

    /// Returns the most telling name: address, name, username.
    pub(super) fn name(&self) -> String {
        let names = ["first_name", "last_name"];
        let names: Vec<&str> = names.iter().filter_map(|name| self.text(&[name])).collect();
        let username = self.text(&["username"]);
        match (self.text(&["email"]), names.is_empty()) {
            (Some(email), true) => email.to_owned(),
            (Some(email), false) => format!("{} <{email}>", names.join(" ")),
            (None, false) => names.join(" "),
            (None, true) => username.unwrap_or("an account without a name").to_owned(),
        }
    }

    /// Returns what is left to spend, in the words of the way it is billed.
    pub(super) fn balance(&self) -> Option<String> {
        let amount = |path: &[&str]| self.at(path).filter(|value| value.is_number());
        match self.text(&["billing_type"])? {
            "wallet" => {
                let balance = amount(&["wallet", "remaining_balance"])?;
                let currency = self.text(&["wallet", "currency"]).unwrap_or_default();
                Some(format!("{balance} {currency}").trim_end().to_owned())
            }
            "subscription" => {
                let plan = self.text(&["subscription", "plan"])?;
                let kinds = [("premium_credits", "premium"), ("add_on_credits", "add-on")];
                let left = kinds.into_iter().filter_map(|(member, word)| {
                    let credits = amount(&["subscription", "credits", member, "remaining"])?;
                    Some(format!(", {credits} {word} credits"))
                });
                Some(format!("plan {plan}{}", left.collect::<String>()))
            }
            "usage_based" => {
                let credits = amount(&["usage_based", "remaining_credits"])?;
                let spent = amount(&["usage_based", "spending_current_usd"])
                    .zip(amount(&["usage_based", "spending_cap_usd"]))
                    .map(|(spent, cap)| format!(", {spent} of {cap} usd spent"));
                Some(format!("{credits} credits{}", spent.unwrap_or_default()))
            }
            _ => None,
        }
    }

    fn at(&self, path: &[&str]) -> Option<&Value> {
        path.iter()
            .try_fold(self.0.get("data")?, |value, name| value.get(name))
    }

    fn text(&self, path: &[&str]) -> Option<&str> {
        let text = self.at(path)?.as_str()?;
        Some(text).filter(|text| !text.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn account(data: Value) -> Account {
        Account(Map::from_iter([("data".to_owned(), data)]))
    }

    #[test]
    fn the_most_telling_name_is_shown() {
        for (data, name) in [
            (
                json!({"email": "s@x.example", "first_name": "Sam", "last_name": "Lee"}),
                "Sam Lee <s@x.example>",
            ),
            (
                json!({"email": "s@x.example", "first_name": "", "last_name": null}),
                "s@x.example",
            ),
            (
                json!({"email": null, "first_name": "Sam", "username": "sam"}),
                "Sam",
            ),
            (json!({"email": null, "username": "sam"}), "sam"),
            (json!({}), "an account without a name"),
        ] {
            assert_eq!(account(data).name(), name);
        }
    }

    #[test]
    fn balances_are_told_as_they_are_billed() {
        for (data, balance) in [
            (
                json!({"billing_type": "wallet", "wallet": {"currency": "usd", "remaining_balance": 12.5}}),
                Some("12.5 usd"),
            ),
            (
                json!({"billing_type": "wallet", "wallet": {"currency": "usd", "remaining_balance": null}}),
                None,
            ),
            (
                json!({"billing_type": "subscription", "subscription": {"plan": "pro", "credits": {
                    "premium_credits": {"remaining": 7, "resets_at": null}, "add_on_credits": null}}}),
                Some("plan pro, 7 premium credits"),
            ),
            (
                json!({"billing_type": "usage_based", "usage_based": {
                    "remaining_credits": 30, "spending_current_usd": 2.5, "spending_cap_usd": 100}}),
                Some("30 credits, 2.5 of 100 usd spent"),
            ),
            (json!({"billing_type": "barter"}), None),
            (json!({"billing_type": null}), None),
        ] {
            assert_eq!(account(data).balance().as_deref(), balance);
        }
    }

    #[test]
    fn only_what_is_known_of_the_user_is_kept() {
        let data = json!({"email": "s@x.example", "first_name": null, "last_name": "", "username": "sam", "wallet": {}});
        let user = Value::from(account(data).user());
        assert_eq!(user, json!({"email": "s@x.example", "username": "sam"}));
    }
}
