"""What people call the place of a time zone."""

from __future__ import annotations

_CHINESE = {
    "America/Los_Angeles": "洛杉矶", "America/New_York": "纽约", "America/Chicago": "芝加哥", "America/Denver": "丹佛",
    "America/Toronto": "多伦多", "America/Mexico_City": "墨西哥城", "America/Sao_Paulo": "圣保罗",
    "Europe/London": "伦敦", "Europe/Dublin": "都柏林", "Europe/Berlin": "柏林", "Europe/Paris": "巴黎",
    "Europe/Rome": "罗马", "Europe/Madrid": "马德里", "Europe/Amsterdam": "阿姆斯特丹", "Europe/Warsaw": "华沙",
    "Asia/Tokyo": "东京", "Asia/Seoul": "首尔", "Asia/Shanghai": "北京时间", "Asia/Hong_Kong": "香港",
    "Asia/Taipei": "台北", "Asia/Singapore": "新加坡", "Asia/Kuala_Lumpur": "吉隆坡", "Asia/Bangkok": "曼谷",
    "Asia/Ho_Chi_Minh": "胡志明市", "Asia/Manila": "马尼拉", "Asia/Jakarta": "雅加达", "Asia/Dubai": "迪拜",
    "Australia/Sydney": "悉尼", "Pacific/Auckland": "奥克兰",
}  # fmt: skip


def city_of(zone: str, language: str) -> str:
    """The city that a time zone is named after; in Chinese where we know the word.

    >>> city_of("America/Los_Angeles", "en"), city_of("America/Los_Angeles", "zh"), city_of("Europe/Oslo", "zh")
    ('Los Angeles', '洛杉矶', 'Oslo')
    """
    english = zone.rsplit("/", 1)[-1].replace("_", " ")
    return _CHINESE.get(zone, english) if language == "zh" else english
