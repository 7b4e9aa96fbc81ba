"""What order statuses mean that are no demand, in the languages of the platforms."""

CANCELLED = (
    "Cancelled", "Canceled", "Cancellation", "Dibatalkan", "Batal", "Pesanan Dibatalkan", "ยกเลิกแล้ว", "ยกเลิก",
    "Đã hủy", "Đã huỷ", "已取消", "取消", "不成立", "Annulé", "Storniert", "Cancelado", "キャンセル", "キャンセル済み",
)  # fmt: skip
UNPAID = (
    "Unpaid", "Belum Bayar", "Belum Dibayar", "ยังไม่ชำระ", "ที่ต้องชำระ", "Chờ thanh toán", "尚未付款", "未付款", "待付款",
)  # fmt: skip
